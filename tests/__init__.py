"""The tests mirror the source tree; their names say what the newsroom promises."""
