"""How the bundled data of the package is made, from named sources."""
