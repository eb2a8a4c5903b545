"""The evidence bundle (备案证据包): what was filed and done in one order, sealed in one file."""
