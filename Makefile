# The commands of the register; `make` alone lists them.
PYTHON ?= python3
IN_VENV := .venv/bin/python

.PHONY: help run test check fix seed messages shell lock runtime development browser rscript checker

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

run: runtime ## start the register on http://127.0.0.1:8000 (PORT=... for another port)
	@exec $(IN_VENV) manage.py serve

test: development browser rscript checker ## run the tests (ARGS="-k name" for some of them)
	@$(IN_VENV) -m pytest $(ARGS)

check: development browser rscript checker ## everything that has to hold before a change is shared
	$(IN_VENV) -m ruff check
	$(IN_VENV) -m ruff format --check
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	@PUBLIC_URL=https://register.example SECRET_KEY="$$($(IN_VENV) -c 'import secrets; print(secrets.token_hex(50))')" \
		$(IN_VENV) manage.py check --deploy --fail-level WARNING
	$(IN_VENV) manage.py makemigrations --check --dry-run
	$(IN_VENV) -m pytest $(ARGS)

fix: development ## put code and templates in order
	$(IN_VENV) -m ruff check --fix
	$(IN_VENV) -m ruff format
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

seed: runtime ## load the records of the articles
	@$(IN_VENV) manage.py seed $(ARGS)

# English is the language of the desk, of the API and of the commands.
NOT_TRANSLATED := .venv var bench static registry/tests/* registry/admin/* registry/api/* registry/ledger/* registry/sheets/* \
	registry/management/* registry/migrations/* templates/admin/* templates/account/* templates/mfa/* \
	templates/allauth/* templates/socialaccount/*

messages: development ## collect the words of the pages for translation, and compile what is translated (needs gettext)
	@$(IN_VENV) manage.py makemessages -l az -l ru -l fa --no-location --no-wrap --no-obsolete \
		$(foreach path,$(NOT_TRANSLATED),--ignore "$(path)")
	@$(IN_VENV) manage.py compilemessages -v 0 --ignore .venv

shell: runtime ## open a Python shell on the register
	@$(IN_VENV) manage.py shell $(ARGS)

lock: development ## take the newest versions of every library
	@$(call compile,requirements)
	@$(call compile,requirements-dev)
	@$(call compile,registry/tests/ogc/requirements,--override registry/tests/ogc/overrides.txt)

# The same lock for every system and for Python 3.11 and newer.
compile = $(IN_VENV) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" --output-file $(1).txt $(1).in $(2)

runtime: .venv/bin/activate
	@$(call install,requirements.txt)

development: .venv/bin/activate
	@$(call install,requirements-dev.txt)

# A copy of what was installed tells whether it is still the lock.
install = cmp -s $(1) .venv/$(1) || { echo "Installing the libraries of $(1) ..." && \
	$(IN_VENV) -m pip install -qq --disable-pip-version-check --require-hashes -r $(1) && cp $(1) .venv/$(1); }

# `activate` is what venv writes last.
.venv/bin/activate:
	@command -v "$(PYTHON)" >/dev/null || \
		{ echo "There is no $(PYTHON). Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is $$("$(PYTHON)" -V 2>&1); 3.11 or newer is needed: make PYTHON=/path/to/python"; exit 1; }
	@echo "Making a Python environment in .venv ..."
	@"$(PYTHON)" -m venv --clear .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make virtual environments; on Debian: apt-get install python3-venv"; exit 1; }

# Without a browser the other tests still tell what they can.
browser: development
	@command -v chromium >/dev/null || { echo "Installing Chromium for the tests ..."; \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
		$(IN_VENV) -m playwright install chromium || \
		echo "Chromium could not be installed: the tests in a browser will fail."; }

# R is the one language of the documentation's examples that comes neither with the system nor with the libraries.
rscript: development
	@command -v Rscript >/dev/null || { echo "Installing R for the tests ..."; \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends r-base-core >/dev/null; } || \
		echo "R could not be installed: the test of the documentation's examples will fail."; }

# The checkers of HTML and of the API's schema come from npm, with the sums that their lock names; their folder is whole
# or not there. That of features has an environment of its own, and a copy of its lock once it is whole.
checker: development
	@cmp -s registry/tests/node/package-lock.json .venv/checker/package-lock.json || { \
		echo "Fetching the checkers of HTML and of the API ..."; \
		rm -rf .venv/checker .venv/checker.new && cp -r registry/tests/node .venv/checker.new && \
		(cd .venv/checker.new && PATH="$$PWD/../bin:$$PATH" npm ci --silent --ignore-scripts --no-audit --no-fund) && \
		mv .venv/checker.new .venv/checker || \
		echo "The checkers could not be fetched: the tests of HTML and of the schema will fail."; }
	@cmp -s registry/tests/ogc/requirements.txt .venv/ogctests/requirements.txt || { echo "Fetching the checker of features ..."; \
		$(IN_VENV) -m uv venv --quiet --clear --python $(IN_VENV) .venv/ogctests && \
		$(IN_VENV) -m uv pip install --quiet --python .venv/ogctests/bin/python --no-deps --require-hashes \
			-r registry/tests/ogc/requirements.txt && cp registry/tests/ogc/requirements.txt .venv/ogctests || \
		echo "The checker could not be fetched: a test of features will fail."; }
