"""The house in order: style, types, pins, declared dependencies, layers of the code."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import analystkit

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = sorted((ROOT / "analystkit").rglob("*.py"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)],
    ids=["lint", "format", "types"],
)
def test_code_passes_the_checkers(command: tuple[str, ...]) -> None:
    run = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def requirements() -> dict[str, Requirement]:
    found = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def test_conda_environment_asks_for_the_same_packages() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = {}
    by_pip = next(line["pip"] for line in environment["dependencies"] if isinstance(line, dict))
    assert by_pip.pop() == "-e ."  # pip takes no --no-deps in a list of requirements; conda has them all by then
    for line in [*(line for line in environment["dependencies"] if isinstance(line, str)), *by_pip]:
        name, specifier = re.fullmatch(r"([\w-]+)\s*(.*)", line).groups()
        conda[name] = specifier.replace(" ", "")
    python = conda.pop("python")
    conda.pop("pip")
    ours = {name.replace("matplotlib", "matplotlib-base"): str(r.specifier) for name, r in requirements().items()}
    assert {name: sorted(spec.split(",")) for name, spec in conda.items()} == {
        name: sorted(spec.split(",")) for name, spec in ours.items()
    }
    assert python == PROJECT["project"]["requires-python"]


def test_citation_file_is_of_the_schema_and_of_this_version() -> None:
    """The keys and values that Citation File Format 1.2.0 asks for, and the licences of pyproject.toml."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= citation.keys()
    known = "cff-version message title abstract type authors version keywords license repository-code url doi"
    assert citation.keys() <= set(known.split())
    assert citation["type"] == "software"
    assert all(author.keys() == {"name"} for author in citation["authors"])
    assert citation["version"] == PROJECT["project"]["version"]
    assert citation["license"] == PROJECT["project"]["license"].split(" AND ")
    assert PROJECT["project"]["authors"] == citation["authors"]


def test_licence_files_are_there() -> None:
    for name in PROJECT["project"]["license-files"]:
        assert (ROOT / name).read_text(encoding="utf-8").strip()


def pins() -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for line in PROJECT["tool"]["uv"]["constraint-dependencies"]:
        requirement = Requirement(line)
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def test_every_dependency_is_pinned_without_an_address() -> None:
    pinned = pins()
    for group in PROJECT["dependency-groups"].values():
        for line in group:
            if isinstance(line, dict):
                continue  # takes in another group
            assert canonicalize_name(Requirement(line).name) in pinned
    for name, requirement in requirements().items():
        assert name in pinned, f"{name} has no pin: see CONTRIBUTING.md, 'Pins'"
        assert any(requirement.specifier.contains(next(iter(pin.specifier)).version) for pin in pinned[name])
    for lines in pinned.values():
        for pin in lines:
            assert pin.url is None
            assert [specifier.operator for specifier in pin.specifier] == ["=="]


def test_no_lock_file_with_registry_addresses_is_kept() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    assert "uv.lock" not in tracked.stdout.split()


def test_public_names_are_deliberate_and_importable() -> None:
    assert sorted(analystkit.__all__) == analystkit.__all__
    for name in analystkit.__all__:
        assert getattr(analystkit, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        analystkit.nothing  # noqa: B018


def test_no_public_name_is_hidden_by_a_module_of_that_name() -> None:
    modules = {path.stem for path in (ROOT / "analystkit").iterdir()}
    assert {
        name for name in set(analystkit.__all__) & modules if not isinstance(getattr(analystkit, name), ModuleType)
    } == set()


def test_import_is_light() -> None:
    heavy = ["spacy", "pandas", "anywidget", "matplotlib"]
    code = f"import sys, analystkit, analystkit.cli; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


#: The rooms in the order of the data's flow (see CONTRIBUTING.md): a room imports only from itself and those before.
FLOW = """errors blas weights lexicons english reading article layers schema records analysis
pipeline corrections views apps""".split()
VIEWS = "timeline palette rows tables plots markup wire page terminal reader linked exports evaluation agreement"
ROOMS = {"files": "errors"} | dict.fromkeys(VIEWS.split(), "views")
ROOMS |= dict.fromkeys("corpus packaged lab workbench rendering gallery app lessons cli".split(), "apps")


def room(module: str) -> str:
    name = module.split(".")[1]
    return ROOMS.get(name, name)


def imported(path: Path) -> set[str]:
    """Modules of ours that a module imports when it is itself imported (not inside functions)."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("analystkit"):
            names = (
                [f"analystkit.{alias.name}" for alias in node.names] if node.module == "analystkit" else [node.module]
            )
            found |= set(names)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_data_flows_one_way(path: Path) -> None:
    here = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    if here == "analystkit":
        return
    for there in imported(path):
        assert FLOW.index(room(there)) <= FLOW.index(room(here)), f"{here} must not import {there}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


#: What could turn data into code, or a small file into a large one.
DANGEROUS_MODULES = set("pickle cloudpickle joblib dill marshal shelve zipfile tarfile gzip bz2 lzma".split())
DANGEROUS_CALLS = set("eval exec compile read_pickle to_pickle unpack_archive extractall".split())


def dangers(source: str) -> set[str]:
    """The names of modules and functions in a source by which data could run or unpack; `np.load` must say no."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names} & DANGEROUS_MODULES
        elif isinstance(node, ast.ImportFrom):
            names = {(node.module or "").rpartition(".")[2], *(alias.name for alias in node.names)}
            found |= names & (DANGEROUS_MODULES | DANGEROUS_CALLS)
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            told = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
            name = called.rpartition(".")[2]
            if name in DANGEROUS_CALLS and called != "re.compile":
                found.add(name)
            if called in ("np.load", "numpy.load") and told.get("allow_pickle") != "False":
                found.add("np.load")
            if called == "yaml.load":
                found.add(called)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_runs_data_as_code_or_unpacks_archives(path: Path) -> None:
    assert dangers(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import pickle", "pickle"),
        ("from srsly import cloudpickle", "cloudpickle"),
        ("from pandas import read_pickle", "read_pickle"),
        ("pd.read_pickle(x)", "read_pickle"),
        ("np.load(x)", "np.load"),
        ("np.load(x, allow_pickle=True)", "np.load"),
        ("import zipfile", "zipfile"),
        ("shutil.unpack_archive(x)", "unpack_archive"),
        ("eval(x)", "eval"),
    ],
)
def test_such_code_would_be_found(source: str, found: str) -> None:
    assert dangers(source) == {found}
