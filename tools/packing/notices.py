"""Writes src/Elman.Cli/THIRD-PARTY-NOTICES.txt: every package that travels with the tool, its copyright and its licence.

The packages are those of the tool's lock file. Their texts come from the packages themselves, in NuGet's folder, so restore first:

    dotnet restore src/Elman.Cli
    python3 tools/packing/notices.py

A package that contains no text of its licence gets the standard text of the licence that it names. Needs Python 3 alone.
"""
import json
import os
import pathlib
import re
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOCK_FILE = ROOT / "src/Elman.Cli/packages.lock.json"
TARGET = ROOT / "src/Elman.Cli/THIRD-PARTY-NOTICES.txt"
TEXTS = pathlib.Path(__file__).with_name("licences")
CACHE = pathlib.Path(os.environ.get("NUGET_PACKAGES") or pathlib.Path.home() / ".nuget/packages")

# Packages that help to build, of which nothing travels with the tool.
ONLY_FOR_BUILDING = {"Microsoft.NET.ILLink.Tasks", "Microsoft.DotNet.ILCompiler"}

# Packages that name their licence by the address of its text alone.
LICENCE_AT = {
    "https://github.com/MiloszKrajewski/K4os.Compression.LZ4/blob/master/LICENSE?raw=true": "MIT",
    "https://raw.githubusercontent.com/MiloszKrajewski/K4os.Hash.xxHash/master/LICENSE": "MIT",
}

# Where a package leaves the choice, the licence that is taken.
CHOICES = {"MS-PL OR Apache-2.0": "Apache-2.0"}

TITLE = """Third-party notices

The tool elman is delivered with the packages below. Each of them is the work of its authors, under the licence that is named; the texts
follow the list. Elman itself is under the MIT licence (LICENSE).

This file is written by tools/packing/notices.py.
"""
LINE = "=" * 80


class Package:
    def __init__(self, name, version):
        self.name, self.version = name, version
        self.folder = CACHE / name.lower() / version
        if not self.folder.is_dir():
            raise SystemExit(f"{name} {version} is not in {CACHE}: run dotnet restore src/Elman.Cli first.")
        metadata = ET.parse(next(self.folder.glob("*.nuspec"))).getroot()[0]
        fields = {element.tag.split("}")[1]: (element.text or "").strip() for element in metadata}
        self.copyright = fields.get("copyright", "")
        if "licensed" in self.copyright:
            self.copyright = ""
        if "copyright" not in self.copyright.lower() and "(c)" not in self.copyright and "©" not in self.copyright:
            self.copyright = f"Copyright (c) {self.copyright or fields['authors']}"
        self.address = fields.get("projectUrl") or fields.get("repository", "")
        licence = fields.get("license") or LICENCE_AT.get(fields.get("licenseUrl"))
        if licence is None:
            raise SystemExit(f"{name} {version} does not name its licence: add its address, {fields.get('licenseUrl')}, to LICENCE_AT.")
        self.licence = CHOICES.get(licence, licence)
        self.offered = licence

    def texts(self, kind):
        """The files of the package, at its top or in a folder of notices, whose names begin with one of the words."""
        files = [path for path in self.folder.rglob("*") if len(path.relative_to(self.folder).parts) <= 2 and path.is_file()]
        return [read(path) for path in sorted(files) if re.match(kind, path.name, re.IGNORECASE) and path.suffix.lower() in ("", ".txt", ".md")]


def read(path):
    text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def packages():
    """The packages of the lock file, for any platform, by name."""
    found = {}
    for dependencies in json.loads(LOCK_FILE.read_text())["dependencies"].values():
        for name, entry in dependencies.items():
            if entry["type"] != "Project" and name not in ONLY_FOR_BUILDING:
                found[name] = entry["resolved"]
    return [Package(name, version) for name, version in sorted(found.items(), key=lambda item: item[0].lower())]


def main():
    texts, standard = {}, {}
    listing = []
    for package in packages():
        offered = "" if package.offered == package.licence else f" (offered: {package.offered})"
        listing.append(f"{package.name} {package.version}\n    {package.licence}{offered}\n    {package.copyright}")
        if package.address:
            listing[-1] += f"\n    {package.address}"
        own = package.texts("licen[cs]e")
        if not own:
            standard.setdefault(package.licence, []).append(package.name)
        for text in own + package.texts("third-?party|notice"):
            texts.setdefault(text, []).append(package.name)
    for licence, names in standard.items():
        path = TEXTS / f"{licence}.txt"
        if not path.is_file():
            raise SystemExit(f"{', '.join(names)}: write the text of {licence} to {path.relative_to(ROOT)}.")
        texts.setdefault(read(path), []).extend(names)
    parts = [TITLE] + ["\n".join(["", *listing, ""])]
    for text, names in texts.items():
        parts.append(f"\n{LINE}\n{', '.join(names)}\n{LINE}\n\n{text}\n")
    TARGET.write_text("".join(parts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
