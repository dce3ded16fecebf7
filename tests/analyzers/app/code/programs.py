"""Programs of a few methods around one read of the Android ID, and what is observed of it."""

from collections.abc import Iterable

from analyzers.app.dex.assemble import STATIC, Class, Instruction, Method, assemble
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.values import Component, ComponentKind, IntentFilter, Reach
from mingcha_corpora.sdks import load_sdk_base

Code = list[Instruction | str]
APP, MAIN, READER = "Lcn/example/App;", "Lcn/example/Main;", "Lcn/example/Reader;"
READ = f"{READER}->read()V"
GO: Instruction = ("invoke-static", (), READ)
_SETTING = (
    "Landroid/provider/Settings$Secure;->getString(Landroid/content/ContentResolver;Ljava/lang/String;)"
    "Ljava/lang/String;"
)
LAUNCHER = IntentFilter(("android.intent.action.MAIN",), ("android.intent.category.LAUNCHER",), ())


def static(name: str, code: Code, descriptor: str = "()V") -> Method:
    """Return a static method."""
    return Method(name, descriptor, [*code, ("return-void",)] if descriptor.endswith("V") else code, 1 | STATIC)


def method(name: str, code: Code, descriptor: str = "()V") -> Method:
    """Return a method of an object, with its return where it gives nothing."""
    return Method(name, descriptor, [*code, ("return-void",)] if descriptor.endswith("V") else code)


def application(code: Code) -> Class:
    """Return the application class with what it does at start-up."""
    return Class(APP, [method("onCreate", code)], parent="Landroid/app/Application;")


def component(kind: ComponentKind, name: str, *filters: IntentFilter) -> Component:
    """Return a component by the descriptor of its class."""
    return Component(kind, name[1:-1].replace("/", "."), False, None, filters, ())


def reader(class_: str = READER) -> Class:
    """Return the class whose method ``read`` reads the Android ID."""
    code: Code = [("const-string", 1, "android_id"), ("invoke-static", (0, 1), _SETTING)]
    return Class(class_, [static("read", code)])


def reach(classes: Iterable[Class], *components: Component) -> Reach:
    """Return how the read is reached in a package of these classes beside the reader."""
    found = find_observations(
        [("classes.dex", assemble([*classes, reader()]))],
        owners=Owners("cn.example", (component(ComponentKind.APPLICATION, APP), *components), load_sdk_base()),
        components=(component(ComponentKind.APPLICATION, APP), *components),
        target_sdk=30,
    )
    return next(each.reach for each in found.observations if each.caller == f"{READER}->read")
