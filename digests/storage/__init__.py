"""Where the domain is kept: SQLite or PostgreSQL through one set of statements."""
