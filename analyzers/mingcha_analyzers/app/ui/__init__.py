"""In-app texts: the entries to rights, consent prompts and fields for personal data that an app shows.

Texts come from string resources, layouts, code and web files of the package, in Chinese and English, those of code in
Chinese alone. A text proves that it exists: not that it is shown, nor that what it promises works.
"""
