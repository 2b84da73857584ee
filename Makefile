# Everything a person or a machine does with this package, one line of help each.
.DEFAULT_GOAL := help
.PHONY: help run gateway test test-system test-long dist bench docs format lint check check-linkage install-dependencies clean

# The one release build of `genops`; `run`, `test-system` and `dist` share it.
RELEASE := .build/release
SCENARIO := scenarios/posthog-budget.yaml

help:  ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install-dependencies  ## install what is missing, build genops and run the main scenario
	@scripts/build-release
	@$(RELEASE)/genops run $(SCENARIO)
	@echo
	@echo "Your own data (PostHog > Billing > Usage > Export):"
	@echo "  $(RELEASE)/genops init --usage EXPORT.csv"

test: install-dependencies lint check  ## format, target and recipe checks, then all Swift tests (debug)
	GENOPS_FAST_TESTS=1 swift build --build-tests
	scripts/check-benchmarks
	scripts/check-snippets
	GENOPS_FAST_TESTS=1 swift test --skip-build

gateway: install-dependencies  ## build genops-gateway and start it in advisory mode with a throw-away ledger
	@scripts/gateway

test-system: install-dependencies  ## build both programs in release and test them as a user meets them
	@scripts/build-release --all
	@scripts/test-system $(RELEASE)/genops

test-long: install-dependencies  ## sanitizers, load, faults of delivery, 20 killed processes, intervals of fits on 600 histories each, a million scanned lines, 5,000 runs on hostile input
	GENOPS_TEST_LONG=1 swift test -c release -Xswiftc -enable-testing --scratch-path .build-long --filter 'CalibrationTests|DeliveryFaultTests|ScannerContractTests|FoundationScanTests|DayBlockTests|RoundOrderTests'
	Tests/sanitizers/run
	Tests/ledger-load/run
	Tests/ledger-load/faults
	@scripts/build-release --all
	Tests/fuzz/run $(RELEASE)/genops
	PATH="$(CURDIR)/$(RELEASE):$$PATH" GENOPS_TEST_KILLS=20 Tests/System/gateway

dist: install-dependencies  ## genops and genops-gateway, stripped, for any x86-64 Linux, under dist/
	@scripts/dist

bench: install-dependencies  ## measure, and print the table
	Benchmarks/run

docs: install-dependencies  ## render the libraries' documentation under .build/docs; a broken link fails
	scripts/docs

format:  ## rewrite the Swift sources in the house style
	swift format -i -r --parallel Sources Tests Examples/Shop Package.swift

lint:  ## fail on any Swift source that is not in the house style
	swift format lint --strict -r --parallel Sources Tests Examples/Shop Package.swift

check:  ## compare the package with ARCHITECTURE.md and the recipes with the code; find what has no comment
	scripts/check-targets
	scripts/check-recipes
	scripts/check-inventory
	scripts/check-docs

check-linkage:  ## build a package that embeds the products where no libgsl is; time, packages, size
	scripts/check-linkage

install-dependencies:  ## install the C libraries that are missing (Debian, Ubuntu)
	@scripts/install-dependencies

clean:  ## remove what was built
	rm -rf .build .build-thread .build-address .build-long dist Benchmarks/.build
