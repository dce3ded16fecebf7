"""Knowledge: data items, template, permissions, SDKs, words, with their loaders."""
