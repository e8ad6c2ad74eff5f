"""Where articles come from: each module turns one kind of input into blocks, ready to be cut."""
