"""`python -m bot` is `svodka`."""

from bot.cli import main

if __name__ == "__main__":
    main()
