"""What all HTML pages share: escaping, the frame of a page that asks the network for nothing, its style sheet."""
