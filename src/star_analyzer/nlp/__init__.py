"""The spaCy side: everything that sees a `Doc`. Nothing else in the package imports spaCy."""
