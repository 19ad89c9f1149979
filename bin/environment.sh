# Sourced by the commands beside it: keeps .venv as the requirement files say.

fail() {
    echo "$*" >&2
    exit 1
}

# Set $python to a Python that can make the environment; PYTHON=… names another one.
find_python() {
    new_enough=
    for name in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 python}; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        new_enough=$name
        if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            python=$name
            return
        fi
    done
    [ -z "$new_enough" ] || fail "$new_enough has no venv module (on Debian: apt-get install python3-venv)."
    fail "Python 3.11 or newer is needed; none was found (PYTHON=… names one that is not on the path)."
}

# Tell whether .venv works and was made from these very requirement files.
is_ready() {
    for file in "$@"; do
        cmp -s "$file" ".venv/$file" || return 1
    done
    .venv/bin/python -c 'import django' 2>/dev/null
}

# Make or bring up to date .venv; the last file named includes the ones before it.
make_venv() {
    is_ready "$@" && return
    for last in "$@"; do :; done
    find_python
    echo "Installing packages into .venv …"
    .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
    rm -f .venv/requirements*.txt
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$last" ||
        fail "The packages of $last could not be installed; see above."
    cp "$@" .venv/
}
