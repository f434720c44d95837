"""``python -m minequota.scenarios.synthesis PLAN``."""

from minequota.scenarios.synthesis.generator import main

raise SystemExit(main())
