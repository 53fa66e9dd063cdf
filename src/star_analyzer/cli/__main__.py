"""`python -m star_analyzer.cli`."""

from star_analyzer.cli.app import main

if __name__ == "__main__":
    main()
