"""Opens the web page: the same as `ipt-roleplay serve`, from a checkout."""

from __future__ import annotations

import sys

from ipt_roleplay.cli import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
