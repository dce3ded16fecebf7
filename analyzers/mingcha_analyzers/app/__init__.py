"""The app package: manifest, signing, permissions, components, SDKs."""
