# `make help` lists what is here.

SWIFT ?= swift
WALLS := --explicit-target-dependency-import-check error
# The static runtime changes compile flags, so the release build has a folder of its own.
# It holds libyaml and SQLite too, so that it runs where they are not installed: the linker looks first in a folder that
# has them in their static form only.
STATIC := $(CURDIR)/.build-release/static
RELEASE := -c release --static-swift-stdlib -Xlinker -s --pkg-config-path $(STATIC) --scratch-path .build-release $(WALLS)
BINARY := .build-release/release/profilectl
PREFIX ?= /usr/local
PACKAGES := libyaml-dev libsqlite3-dev pkg-config

.PHONY: help setup build test laws states kills sanitize lint format bench demo install clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## check for the system packages that the build needs; install what is missing
	@command -v $(SWIFT) >/dev/null || { echo "Swift 6.3 or newer is needed: https://www.swift.org/install" >&2; exit 1; }
	@missing=; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	echo "installing:$$missing"; \
	if [ "$$(id -u)" = 0 ]; then run=; elif command -v sudo >/dev/null; then run=sudo; \
	else echo "please install:$$missing" >&2; exit 1; fi; \
	$$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq $$missing

build: $(STATIC)/yaml-0.1.pc ## the release binary, .build-release/release/profilectl
	$(SWIFT) build $(RELEASE) --product profilectl

$(STATIC)/yaml-0.1.pc: | setup
	@mkdir -p $(STATIC)
	@for archive in $$(dpkg-query -L libyaml-dev libsqlite3-dev | grep '\.a$$'); do ln -sf $$archive $(STATIC); done
	@printf 'Name: LibYAML\nDescription: libyaml, linked statically\nVersion: 0.2\nLibs: -L%s -lyaml\n' $(STATIC) >$@

# The tests of the built binary run by themselves: the laws keep every core busy for minutes, and leases and signals do
# not wait for them.
test: setup ## all tests: those of the libraries, then those of the built binary
	$(SWIFT) build --build-tests $(WALLS)
	$(SWIFT) test --skip-build --skip AcceptanceTests
	$(SWIFT) test --skip-build --filter AcceptanceTests

# Built as a release: a debug build takes hours for them.
LAWS := -c release -Xswiftc -enable-testing --scratch-path .build-laws
laws: setup ## the laws on 100,000 generated worlds and on every state there is, an hour long
	$(SWIFT) build --build-tests $(LAWS) $(WALLS)
	PROFILECTL_WORLDS=100000 PROFILECTL_STATES=everything $(SWIFT) test --skip-build $(LAWS) --filter Law

# Without the laws and scenarios, which would take hours, and the tests of the built binary, whose leases and signals would not wait.
sanitize: export TSAN_OPTIONS = suppressions=$(CURDIR)/Tests/thread-sanitizer.txt
sanitize: export ASAN_OPTIONS = suppressions=$(CURDIR)/Tests/address-sanitizer.txt
sanitize: export LSAN_OPTIONS = suppressions=$(CURDIR)/Tests/leak-sanitizer.txt
sanitize: setup ## the tests of the libraries under ThreadSanitizer, then under AddressSanitizer; an hour long
	for sanitizer in thread address; do \
	  options="--sanitize $$sanitizer --scratch-path .build-$$sanitizer"; \
	  $(SWIFT) build --build-tests $(WALLS) $$options && \
	  $(SWIFT) test --skip-build $$options --skip 'Law|AcceptanceTests|Scenarios' || exit 1; \
	done

states: setup ## that every state of a small universe is reached from every other one, some minutes long
	$(SWIFT) build --build-tests $(WALLS)
	PROFILECTL_STATES=all $(SWIFT) test --skip-build --filter everyStateFromEveryState

kills: setup ## 300 kills of a running apply, each followed by one that puts it right, some minutes long
	$(SWIFT) build --build-tests $(WALLS)
	PROFILECTL_KILLS=300 $(SWIFT) test --skip-build --filter KillTests

lint: ## swift-format, strict
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## let swift-format rewrite the sources
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

bench: build ## the benchmarks, as ratios; some fifteen minutes long
	$(SWIFT) build $(RELEASE) --product Benchmarks
	.build-release/release/Benchmarks $(BINARY)

demo: build ## plan, apply, plan on examples/coolbikes, against the embedded sandbox
	@./examples/demo.sh $(BINARY)

install: build ## copy the binary to $(PREFIX)/bin
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/profilectl

clean: ## remove the build folders
	rm -rf .build .build-* Package.resolved
