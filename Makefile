# Each command sets up what is missing first; a second run of it installs and builds nothing.
.PHONY: verify test check typecheck lint format\:check bench setup node-image clean

netclaims = node bin/netclaims.js
sources = $(shell find harness bench faults adversary -name '*.ts') package.json tsconfig.json tsconfig.build.json

# Runs all scenarios on a cluster that is made for it.
verify: setup
	$(netclaims) verify

test: setup
	npm test

# Each of these keeps one core busy for a while, so they go well beside each other: `make --jobs=2 check`.
check: typecheck lint format\:check

typecheck lint format\:check: node_modules/.package-lock.json
	npm run --silent $@

bench: setup
	npm run --silent bench

# Prints the name of a node image for --cluster kind, after making it and loading it into the Docker engine where that has not been done.
node-image:
	@images/node/build

setup: dist/.built
	@$(netclaims) doctor --install

dist/.built: node_modules/.package-lock.json $(sources)
	npm run --silent build
	@touch $@

node_modules/.package-lock.json: package-lock.json
	npm ci
	@touch $@

# Also throws away the images and stores that runs share.
clean:
	rm -rf dist coverage node_modules
	rm -rf "$${NETCLAIMS_CACHE_DIR:-/var/cache/netclaims}"
