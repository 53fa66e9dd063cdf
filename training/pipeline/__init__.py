"""The bundled English pipeline."""
