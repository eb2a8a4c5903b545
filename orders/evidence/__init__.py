"""The evidence bundle (备案证据包): all that is kept about one order, sealed in one file."""
