"""The rules: what a newsroom decides. They may read and write the nouns and know no request."""
