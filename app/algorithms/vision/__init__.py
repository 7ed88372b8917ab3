"""Pictures: style transfer and the networks beneath it."""
