# What to say to make; `make help` lists it.  Nothing here needs more than make
# and a shell: what is missing on the machine is installed first (tools/setup,
# packaging/debian.list), and the rules that need compilers and libraries to be
# there are in tools/build.mk, read by a second make.

# The lock: two makes in one tree would write over each other's files.
BUILD = flock build/lock $(MAKE) --no-print-directory -f tools/build.mk \
	$(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

# Unit tests of what has threads.
THREADED = t_scrub t_drop_match t_library t_log

.PHONY: all demo check check-san check-tsan check-aarch64 deb fuzz bench bench-systems bench-suppression bench-drop bench-drop-cycle proof install \
	format clean help mutate mutate-free walk FORCE
.DEFAULT_GOAL := all

all: ## build/toyon
	@tools/setup build
	@+$(BUILD) all

demo: all ## a made-up company on http://127.0.0.1:8085
	@exec build/toyon demo

check: ## every test; closes with "N passed, N failed"
	@tools/setup build test
	@+$(BUILD) check-deps
	@t/run

check-san: ## the tests under AddressSanitizer and UBSan
	@tools/setup build test
	@+$(BUILD) check-san-deps
	@t/run --san

check-tsan: ## what has threads, under ThreadSanitizer
	@tools/setup build test
	@+$(BUILD) build/tsan/toyon $(THREADED:%=build/tsan/t/%)
	@t/run --tsan $(THREADED) api http

check-aarch64: all ## the unit tests on aarch64, under emulation
	@tools/setup aarch64
	@tools/aarch64

fuzz: ## each fuzzer for FUZZ_SECONDS (60)
	@tools/setup build fuzz
	@+$(BUILD) fuzz-deps
	@t/fuzzers $(or $(FUZZ_SECONDS),60)

bench: all ## the figures that the design promises, measured
	@bench/run

bench-systems: all ## finding and deleting people in tables and files; BENCH_PART
	@bench/systems

bench-suppression: all ## index, check and scrub beside what one would use else
	@tools/setup bench
	@bench/suppression/run

walk: all ## a million random steps over the use cases, against a model of what must hold
	@tools/setup build test
	@t/desk/run walk $(or $(STEPS),1000000)

# The small size of it is in `make check`.
proof: all ## 550,000 consumers, 10 million records, three sessions, killed at random
	@tools/setup build test
	@PROOF_CONSUMERS=550000 PROOF_RECORDS=10000000 t/proof/run

mutate: all ## change the law one thing at a time: its tests must notice
	@tools/setup build test
	@+$(BUILD) check-deps
	@node t/mutate/run.mjs

bench-drop: all ## the State's lists against records, beside DuckDB
	@tools/setup bench
	@bench/drop/run

bench-drop-cycle: all ## a whole session with the State's lists, its answer known
	@tools/setup bench
	@bench/drop/cycle

mutate-free: all ## no variable at file scope that can change
	@+$(BUILD) mutate-free

install: all ## into DESTDIR and PREFIX (/usr/local)
	@+$(BUILD) install

deb: all ## a Debian package with the service, into build/deb
	@tools/setup deb
	@packaging/deb/build

format: ## clang-format over our C
	@tools/setup test
	@tools/format -i

clean: ## forget what was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | expand -t 20

# One file of the build: make build/release/src/base/str.o
build/%: FORCE
	@tools/setup build
	@+$(BUILD) $@
