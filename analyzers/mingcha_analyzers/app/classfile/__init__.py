"""Java class files: how an SDK is published before an app is built of it; read to learn fingerprints, never run."""
