"""Opens a package for the policies inside it alone."""

from mingcha_analyzers.app.container import open_container, open_package
from mingcha_analyzers.app.embedded.reader import choose_policy, find_embedded
from mingcha_analyzers.app.resources.opening import open_table
from mingcha_analyzers.values import SourceFile


def read_embedded_policy(file: SourceFile) -> list[SourceFile]:
    """Return the texts inside an Android package that make its policy, as ``app.apk!/assets/privacy.html``.

    Raises:
        UnreadableInputError: it is no package.
    """
    package = open_package(open_container(file), file.path)
    texts = choose_policy(find_embedded(package, open_table(package)))
    return [SourceFile(f"{file.path}!/{each.policy.place}", each.data) for each in texts]
