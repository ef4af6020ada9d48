"""How dates are written, on the site and on the desk."""
