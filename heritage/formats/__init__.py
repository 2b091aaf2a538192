"""How dates and numbers are written, where Django does not say it: one package a language."""
