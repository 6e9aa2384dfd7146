"""The joiner of the reader's modules: the right order, one name one owner, and no silent mistakes."""

from pathlib import Path

import pytest

import analystkit.reader
from analystkit.reader.bundle import ENTRY, BundleError, join, script

MODULES = sorted((Path(analystkit.reader.__file__).parent / "js").glob("*.js"))

BASE = "export const one = 1;\nexport function two() {\n  return 2;\n}\n"


def test_a_module_stands_behind_what_it_imports():
    joined = join(
        {
            "door.js": 'import { b } from "./b.js";\nimport { one } from "./base.js";\nexport const door = b + one;\n',
            "b.js": 'import { one } from "./base.js";\n\nexport const b = one;\n',
            "base.js": BASE,
        },
        "door.js",
    )
    assert joined.index("const one") < joined.index("const b") < joined.index("const door")
    assert "import" not in joined
    assert [line for line in joined.splitlines() if line.startswith("export")] == ["export const door = b + one;"]


def test_an_import_over_several_lines_is_taken_out_whole():
    door = 'import {\n  one,\n  two,\n} from "./base.js";\n\nexport default { sum: one + two() };\n'
    joined = join({"door.js": door, "base.js": BASE}, "door.js")
    assert "import" not in joined
    assert joined.endswith("export default { sum: one + two() };\n")


def test_what_nobody_imports_stays_out():
    assert "one" not in join({"door.js": "export const door = 1;\n", "base.js": BASE}, "door.js")


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"door.js": 'import { one } from "./gone.js";\n'}, "no module gone.js; there are door.js"),
        ({"door.js": 'import { one as uno } from "./base.js";\n', "base.js": BASE}, "import names as they are"),
        ({"door.js": 'import * as base from "./base.js";\n', "base.js": BASE}, "cannot join 'import \\* as base"),
        ({"door.js": 'import base from "base";\n'}, "cannot join 'import base"),
        ({"door.js": 'const later = import("./base.js");\n', "base.js": BASE}, "cannot join 'import\\("),
        ({"door.js": 'import { three } from "./base.js";\n', "base.js": BASE}, "imports three from base.js, which"),
        (
            {"door.js": 'import { one } from "./base.js";\n\nclass one {}\n', "base.js": BASE},
            "base.js and door.js both declare one",
        ),
        (
            {"door.js": 'import { one } from "./base.js";\n\nconst { a, b } = one;\n', "base.js": BASE},
            "cannot tell which names",
        ),
        (
            {"door.js": 'import { one } from "./base.js";\n', "base.js": BASE + "export default one;\n"},
            "cannot join 'export default one;'",
        ),
        (
            {
                "door.js": 'import { a } from "./a.js";\n\nexport const door = a;\n',
                "a.js": 'import { door } from "./door.js";\n\nexport const a = () => door;\n',
            },
            "in a circle: ",
        ),
    ],
)
def test_what_cannot_be_joined_safely_is_refused(modules, message):
    with pytest.raises(BundleError, match=message):
        join(modules, "door.js")


def test_the_readers_modules_are_all_used():
    joined = script()
    assert [path.name for path in MODULES if f"/* {path.name} */" not in joined] == []
    assert ENTRY in {path.name for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_the_readers_modules_stay_small_and_say_what_they_are_for(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 500
    assert source.startswith("/**")
    assert max(map(len, source.splitlines())) <= 120
