"""The wiring: settings, addresses and the server. No model and no rule lives here."""
