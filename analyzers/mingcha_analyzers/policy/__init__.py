"""The privacy policy: documents, outline, sections and claims."""
