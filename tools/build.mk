# The rules of the build.  Read by make only after tools/setup has run, so that
# compilers and pkg-config are there.  Four ways to build the same sources:
# release (gcc), san and tsan (gcc, sanitizers) and fuzz (clang, libFuzzer); each
# in its folder under build/.  What tools/ generates is in build/gen/, made once.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all check-deps check-san-deps fuzz-deps mutate-free install FORCE

CC = gcc
CLANG = clang
AR = ar
PREFIX = /usr/local

LIBS := libmicrohttpd jansson yaml-0.1 libsodium sqlite3 libpq libmariadb odbc hiredis ldap lber \
	libcurl libseccomp libutf8proc libidn2 zlib libzstd libzip openssl
LIBS_CFLAGS := $(shell pkg-config --cflags $(LIBS))
LIBS_LDLIBS := $(shell pkg-config --libs $(LIBS)) -lpthread -lm

STD := -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wundef -Wcast-qual -Wwrite-strings \
	-Wformat=2 -Wimplicit-fallthrough -Werror
INCLUDES := -Isrc -Iinclude -Ibuild/gen -I.
COMMON := $(STD) $(WARN) $(INCLUDES) $(LIBS_CFLAGS) -MMD -MP -g

FLAGS_host := -O1
FLAGS_release := -O2 -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE
SAN := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all -fPIE
# gcc's warnings that follow values see the sanitizers' own code paths as ours;
# the release build has them on.
FLAGS_san := $(SAN) -Wno-maybe-uninitialized -Wno-format-truncation \
	-Wno-stringop-overflow
FLAGS_tsan := -O1 -fno-omit-frame-pointer -fsanitize=thread -fPIE \
	-Wno-maybe-uninitialized -Wno-format-truncation -Wno-stringop-overflow
FLAGS_fuzz := $(SAN) -fsanitize=fuzzer-no-link
CC_host = $(CC)
CC_release = $(CC)
CC_san = $(CC)
CC_tsan = $(CC)
CC_fuzz = $(CLANG)
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
LDFLAGS_san := -pie -fsanitize=address,undefined
LDFLAGS_tsan := -pie -fsanitize=thread
LDFLAGS_fuzz := -pie -fsanitize=address,undefined,fuzzer

# A file whose name ends so may use these instructions; who calls it has asked
# the processor first.
SIMD :=
ifeq ($(shell uname -m),x86_64)
SIMD = $(if $(findstring _avx512.c,$<),-mavx512f -mavx512bw -mavx512vl)\
	$(if $(findstring _avx2.c,$<),-mavx2)\
	$(if $(findstring _shani.c,$<),-msha -msse4.1)
endif

# --- what there is ----------------------------------------------------------

SRC := $(sort $(wildcard src/*/*.c src/*/*/*.c src/*/*/*/*.c))
MAIN := $(wildcard src/main.c)
SQL := $(sort $(wildcard sql/*.sql)) $(sort $(wildcard sql/migrate/*.sql))
HTML := $(sort $(wildcard src/web/*.html src/web/*/*.html))
MAIL := $(sort $(wildcard src/mail/*.txt src/mail/*/*.txt))
EVIDENCE := $(sort $(wildcard src/desk/*.html))
# The words in other languages: folders of src/words, each named by its code.
PAGE_WORDS := $(sort $(wildcard src/words/*/pages.txt))
SAID_WORDS := $(sort $(wildcard src/words/*/said.txt))
catalogs = $(foreach f,$1,$(patsubst src/words/%/,%,$(dir $f))=$f)
KNOW := $(sort $(wildcard src/know/*.html))
LETTERS := $(sort $(wildcard src/desk/*.txt src/desk/notices/*.txt))
ASSETS := $(sort $(wildcard src/web/assets/*.* src/web/assets/*/*.*))
# The words of the consumer's pages and of the letters, kept as evidence of what was
# shown in which version (src/desk/wording.h).
WORDING := $(sort $(MAIL) $(LETTERS) $(wildcard src/words/*/*.txt) $(wildcard src/web/r_*.html) $(patsubst \
	%,src/web/%.html,start opt_out_done stop optin wizard status message \
	message_write account age agent_ask agent_form child numbers \
	package_page page notice) $(patsubst %,src/desk/tbl/%.h,forms questions asked \
	choices) $(patsubst %,src/web/tbl/%.h,offers \
	package_words stops) \
	src/law/tbl/states.h src/web/assets/ledger.css)
EXAMPLES := $(sort $(wildcard examples/*/*.yaml examples/*/*.sql))
UNIT := $(patsubst t/unit/%.c,%,$(sort $(wildcard t/unit/t_*.c)))
FUZZ := $(patsubst t/fuzz/%.c,%,$(sort $(wildcard t/fuzz/f_*.c)))
FONTS := public-sans source-serif-4
FONT_FILES := $(foreach f,$(FONTS),node_modules/@fontsource-variable/$f/files/$f-latin-wght-normal.woff2)

# FOLDER/NAME of each pair of generated files
GEN := store/sql web/html mail/text desk/text desk/html know/html web/assets \
	cli/examples desk/wordings words/said
GEN_C := $(GEN:%=build/gen/%.c)
GEN_H := $(GEN:%=build/gen/%.h) build/gen/store/sql_id.h

all: $(if $(MAIN),build/toyon,build/release/libtoyonall.a)
check-deps: all $(UNIT:%=build/release/t/%) $(FUZZ:%=build/fuzz/%) \
	$(if $(wildcard t/browser/package.json),t/browser/node_modules/.done) \
	t/s3/node_modules/.done build/tools/layers build/symbols.txt
check-san-deps: $(if $(MAIN),build/san/toyon) $(UNIT:%=build/san/t/%) \
	$(if $(wildcard t/browser/package.json),t/browser/node_modules/.done) \
	t/s3/node_modules/.done
fuzz-deps: $(FUZZ:%=build/fuzz/%)

# --- lists: a file that comes or goes is a change too -------------------------

LIST_src := $(SRC)
LIST_sql := $(SQL)
LIST_html := $(HTML) $(PAGE_WORDS)
LIST_mail := $(MAIL)
LIST_letters := $(LETTERS)
LIST_evidence := $(EVIDENCE)
LIST_know := $(KNOW)
LIST_words := $(SAID_WORDS)
LIST_assets := $(ASSETS)
LIST_examples := $(EXAMPLES)
LIST_wording := $(WORDING)

build/list/%: FORCE
	@mkdir -p $(@D)
	@echo '$(LIST_$*)' | cmp -s - $@ || echo '$(LIST_$*)' > $@

# --- our own compilers --------------------------------------------------------

TOOL_BASE := $(addprefix src/base/,arena.c base.c buf.c enc.c err.c file.c str.c)
TOOL_SRC_sqlc := tools/sqlc.c tools/sqlc_parse.c tools/source.c
TOOL_SRC_tplc := tools/tplc.c tools/tplc_catalog.c tools/tplc_expr.c \
	tools/tplc_html.c tools/tplc_segment.c tools/source.c
TOOL_SRC_embed := tools/embed.c tools/source.c
TOOL_SRC_layers := tools/layers.c tools/layers_c.c tools/source.c

define TOOL
build/tools/$(1): $$(patsubst %.c,build/host/%.o,$$(TOOL_SRC_$(1)) $$(TOOL_BASE))
	@mkdir -p $$(@D)
	@echo "  LD      $$@"
	@$$(CC) -o $$@ $$^ -lsodium -lz
endef
$(foreach t,sqlc tplc embed layers,$(eval $(call TOOL,$t)))

# --- generated code -------------------------------------------------------------
# The tools leave a file that would not change alone; the stamp says that they
# ran, and the rule without a recipe lets make look at the files' own times.

GEN_DIRS := $(sort $(patsubst %/,build/gen/%,$(dir $(GEN))))
$(patsubst %,build/gen/%.ran,sql html mail letters evidence know words assets \
	examples wording): | \
	$(GEN_DIRS)
$(GEN_DIRS):
	@mkdir -p $@

build/gen/sql.ran: build/tools/sqlc $(SQL) build/list/sql
	@echo "  SQL     $(words $(SQL)) files"
	@build/tools/sqlc build/gen $(SQL) && touch $@
build/gen/html.ran: build/tools/tplc $(HTML) $(PAGE_WORDS) build/list/html
	@echo "  HTML    $(words $(HTML)) files"
	@build/tools/tplc html build/gen web/html $(call catalogs,$(PAGE_WORDS)) \
		$(HTML) && touch $@
build/gen/mail.ran: build/tools/tplc $(MAIL) build/list/mail
	@echo "  TEXT    $(words $(MAIL)) files"
	@build/tools/tplc text build/gen mail/text $(MAIL) && touch $@
build/gen/letters.ran: build/tools/tplc $(LETTERS) build/list/letters
	@echo "  TEXT    $(words $(LETTERS)) files"
	@build/tools/tplc text build/gen desk/text $(LETTERS) && touch $@
build/gen/evidence.ran: build/tools/tplc $(EVIDENCE) build/list/evidence
	@echo "  HTML    $(words $(EVIDENCE)) files"
	@build/tools/tplc html build/gen desk/html $(EVIDENCE) && touch $@
build/gen/know.ran: build/tools/tplc $(KNOW) build/list/know
	@echo "  HTML    $(words $(KNOW)) files"
	@build/tools/tplc html build/gen know/html $(KNOW) && touch $@
build/gen/words.ran: build/tools/tplc $(SAID_WORDS) build/list/words
	@echo "  WORDS   $(words $(SAID_WORDS)) files"
	@build/tools/tplc words build/gen words/said \
		$(call catalogs,$(SAID_WORDS)) && touch $@
build/gen/assets.ran: build/tools/embed $(ASSETS) build/list/assets \
		node_modules/.done
	@echo "  ASSETS  $(words $(ASSETS) $(FONTS)) files"
	@build/tools/embed build/gen web/assets \
		$(foreach f,$(ASSETS),$(f:src/web/%=/%)=$f) \
		$(foreach f,$(FONT_FILES),/assets/fonts/$(notdir $f)=$f) \
		&& touch $@

build/gen/examples.ran: build/tools/embed $(EXAMPLES) build/list/examples
	@echo "  EXAMPLES $(words $(EXAMPLES)) files"
	@build/tools/embed build/gen cli/examples \
		$(foreach f,$(EXAMPLES),$(f:examples/%=%)=$f) && touch $@

build/gen/wording.ran: build/tools/embed $(WORDING) build/list/wording
	@echo "  WORDING $(words $(WORDING)) files"
	@build/tools/embed build/gen desk/wordings \
		$(foreach f,$(WORDING),$(f:src/%=%)=$f) && touch $@

build/gen/store/sql.c build/gen/store/sql.h build/gen/store/sql_id.h: \
	build/gen/sql.ran ;
build/gen/web/html.c build/gen/web/html.h: build/gen/html.ran ;
build/gen/mail/text.c build/gen/mail/text.h: build/gen/mail.ran ;
build/gen/desk/text.c build/gen/desk/text.h: build/gen/letters.ran ;
build/gen/desk/html.c build/gen/desk/html.h: build/gen/evidence.ran ;
build/gen/know/html.c build/gen/know/html.h: build/gen/know.ran ;
build/gen/web/assets.c build/gen/web/assets.h: build/gen/assets.ran ;
build/gen/cli/examples.c build/gen/cli/examples.h: build/gen/examples.ran ;
build/gen/desk/wordings.c build/gen/desk/wordings.h: build/gen/wording.ran ;
build/gen/words/said.c build/gen/words/said.h: build/gen/words.ran ;

# npm is for the fonts, and for what drives the browser in tests.
node_modules/.done: package.json package-lock.json
	@echo "  NPM     fonts"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@
t/browser/node_modules/.done: t/browser/package.json t/browser/package-lock.json
	@echo "  NPM     browser tests"
	@cd t/browser && npm ci --ignore-scripts --no-audit --no-fund \
		--loglevel=error >/dev/null
	@touch $@

t/s3/node_modules/.done: t/s3/package.json t/s3/package-lock.json
	@echo "  NPM     a store of objects for tests"
	@cd t/s3 && npm ci --ignore-scripts --no-audit --no-fund \
		--loglevel=error >/dev/null
	@touch $@

# --- compiling --------------------------------------------------------------------

define CONFIG
build/$(1)/%.o: %.c | $$(if $$(filter host,$(1)),,$$(GEN_H))
	@mkdir -p $$(@D)
	@echo "  CC      $$@"
	@$$(CC_$(1)) $$(COMMON) $$(FLAGS_$(1)) $$(SIMD) -c -o $$@ $$<
build/$(1)/gen/%.o: build/gen/%.c | $$(GEN_H)
	@mkdir -p $$(@D)
	@echo "  CC      $$@"
	@$$(CC_$(1)) $$(COMMON) $$(FLAGS_$(1)) -Wno-overlength-strings \
		-c -o $$@ $$<
build/$(1)/libtoyonall.a: $$(SRC:%.c=build/$(1)/%.o) \
		$$(GEN:%=build/$(1)/gen/%.o) build/list/src
	@echo "  AR      $$@"
	@rm -f $$@ && $$(AR) rcs $$@ $$(filter %.o,$$^)
endef
$(foreach c,host release san tsan fuzz,$(eval $(call CONFIG,$c)))

define PROGRAMS
build/$(1)/t/%: t/unit/%.c t/unit/check.h build/$(1)/libtoyonall.a
	@mkdir -p $$(@D)
	@echo "  TEST    $$@"
	@$$(CC_$(1)) $$(COMMON) -It/unit $$(FLAGS_$(1)) $$(LDFLAGS_$(1)) -o $$@ $$< \
		build/$(1)/libtoyonall.a $$(LIBS_LDLIBS)
endef
$(foreach c,release san tsan,$(eval $(call PROGRAMS,$c)))

build/fuzz/f_%: t/fuzz/f_%.c build/fuzz/libtoyonall.a
	@mkdir -p $(@D)
	@echo "  FUZZER  $@"
	@$(CC_fuzz) $(COMMON) -Wno-missing-prototypes $(FLAGS_fuzz) $(LDFLAGS_fuzz) \
		-o $@ $< build/fuzz/libtoyonall.a $(LIBS_LDLIBS)

build/toyon: build/release/toyon
	@ln -f $< $@
build/%/toyon: build/%/src/main.o build/%/libtoyonall.a
	@echo "  LD      $@"
	@$(CC_$*) $(FLAGS_$*) $(LDFLAGS_$*) -o $@ $^ $(LIBS_LDLIBS)

# --- checks and installation --------------------------------------------------------

mutate-free: build/tools/layers build/symbols.txt
	@build/tools/layers symbols tools/mutable.txt build/symbols.txt
build/symbols.txt: build/release/libtoyonall.a $(MAIN:%.c=build/release/%.o)
	@objdump -t $(patsubst %.c,build/release/%.o,$(SRC) $(MAIN)) > $@

# What a rule would use: make -f tools/build.mk print-COMMON
print-%: ; @echo '$($*)'

install: build/toyon
	install -D -m 755 build/toyon $(DESTDIR)$(PREFIX)/bin/toyon
	$(if $(wildcard docs/toyon.1),install -D -m 644 docs/toyon.1 \
		$(DESTDIR)$(PREFIX)/share/man/man1/toyon.1)

# --- libtoyon and what stands on it ---------------------------------------------
# One object with everything in it and no name but toyon_* to be seen: a program
# that links libtoyon.a may have a sha256() of its own.  The shared library is
# made of the same object.

.PHONY: bindings install-library
LIB := build/lib
LIB_NAME := libtoyon.so.0
LIB_VERSION := $(shell sed -n 's/.*define TOYON_VERSION "\(.*\)"/\1/p' \
	src/base/version.h)
LIB_SRC := $(filter src/base/% src/law/% src/ident/% src/index/%,$(SRC))
LIB_OPEN := $(filter src/index/library%,$(LIB_SRC))
LIB_DEPS := libutf8proc libidn2 libcrypto
FLAGS_pic := -O2 -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIC
CC_pic = $(CC)
$(eval $(call CONFIG,pic))

build/pic/libparts.a: $(LIB_SRC:%.c=build/pic/%.o) build/list/src
	@rm -f $@ && $(AR) rcs $@ $(filter %.o,$^)
build/pic/toyon.o: $(LIB_OPEN:%.c=build/pic/%.o) build/pic/libparts.a
	@echo "  LD      $@"
	@$(CC) -r -nostdlib -o $@ $^
	@objcopy --wildcard --keep-global-symbol='toyon_*' $@
$(LIB)/libtoyon.a: build/pic/toyon.o
	@mkdir -p $(@D)
	@echo "  AR      $@"
	@rm -f $@ && $(AR) rcs $@ $^
$(LIB)/$(LIB_NAME): build/pic/toyon.o tools/libtoyon.map
	@mkdir -p $(@D)
	@echo "  LD      $@"
	@$(CC) -shared -o $@ $< -Wl,-soname,$(LIB_NAME) -Wl,-z,defs,-z,relro,-z,now \
		-Wl,--version-script=tools/libtoyon.map -Wl,--as-needed \
		$$(pkg-config --libs $(LIB_DEPS)) -lpthread
$(LIB)/libtoyon.so: $(LIB)/$(LIB_NAME)
	@ln -sf $(LIB_NAME) $@

# Where the library stands is said when it is installed; in build/ it is here.
define PC
prefix=$(1)
libdir=$(2)
includedir=$(3)

Name: toyon
Description: may this person be passed on? asks a suppression index
Version: $(LIB_VERSION)
Requires.private: $(LIB_DEPS)
Libs: -L$${libdir} -ltoyon
Libs.private: -lpthread
Cflags: -I$${includedir}
endef
$(LIB)/toyon.pc: export TEXT = $(call PC,$(CURDIR),$(CURDIR)/$(LIB),$(CURDIR)/include)
$(LIB)/toyon.pc: tools/build.mk src/base/version.h
	@mkdir -p $(@D)
	@echo "$$TEXT" > $@

# What each binding is linked with: one file to copy, whatever the host has.
BIND := build/bindings
BIND_LINK = $(LIB)/libtoyon.a -Wl,--exclude-libs,ALL -Wl,-z,defs,-z,relro,-z,now \
	$$(pkg-config --libs $(LIB_DEPS)) -lpthread
BINDINGS := $(LIB)/libtoyon.a $(LIB)/libtoyon.so $(LIB)/toyon.pc \
	$(BIND)/toyon_sqlite.so $(BIND)/toyon.node $(BIND)/toyon.so \
	$(BIND)/toyon_mariadb.so
bindings: $(BINDINGS)
check-deps check-san-deps: bindings

$(BIND)/toyon_sqlite.so: bindings/sqlite/toyon_sqlite.c include/toyon.h \
		$(LIB)/libtoyon.a
	@mkdir -p $(@D)
	@echo "  LD      $@"
	@$(CC) $(COMMON) $(FLAGS_pic) -fvisibility=hidden -shared -o $@ $< \
		$(BIND_LINK)

# Node brings its own symbols at run time; napi.h says which we use.
$(BIND)/toyon.node: bindings/node/toyon.c bindings/node/napi.h \
		include/toyon.h $(LIB)/libtoyon.so
	@mkdir -p $(@D)
	@echo "  LD      $@"
	@$(CC) $(COMMON) $(FLAGS_pic) -fvisibility=hidden -shared -o $@ $< \
		-L$(LIB) -ltoyon -Wl,-rpath,'$$ORIGIN:$$ORIGIN/../lib' \
		-Wl,-z,relro,-z,now

# PostgreSQL's own build does it (pgxs), in a copy, so that the tree stays clean.
PG_CONFIG = $(firstword $(wildcard /usr/lib/postgresql/15/bin/pg_config) \
	pg_config)
$(BIND)/toyon.so: $(wildcard bindings/postgres/*) include/toyon.h \
		$(LIB)/libtoyon.a
	@mkdir -p $(BIND)/postgres
	@echo "  PGXS    $@"
	@cp $(filter bindings/%,$^) $(BIND)/postgres/
	@env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS $(MAKE) -s -C $(BIND)/postgres \
		PG_CONFIG=$(PG_CONFIG) with_llvm=no toyon.so \
		TOYON_CFLAGS='-I$(CURDIR)/include' TOYON_LIBS='\
		$(CURDIR)/$(LIB)/libtoyon.a -Wl,--exclude-libs,ALL \
		'"$$(pkg-config --libs $(LIB_DEPS)) -lpthread"
	@cp $(BIND)/postgres/toyon.so $@

# In a copy for the same reason; with our warnings.
$(BIND)/toyon_mariadb.so: $(wildcard bindings/mariadb/*) include/toyon.h \
		$(LIB)/libtoyon.a
	@mkdir -p $(BIND)/mariadb
	@echo "  LD      $@"
	@cp $(filter bindings/%,$^) $(BIND)/mariadb/
	@env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS $(MAKE) -s -C $(BIND)/mariadb \
		CC='$(CC)' CFLAGS='$(STD) $(WARN) $(FLAGS_pic) -g' \
		TOYON_CFLAGS='-I$(CURDIR)/include' \
		TOYON_ARCHIVE='$(CURDIR)/$(LIB)/libtoyon.a' \
		TOYON_LIBS="$$(pkg-config --libs $(LIB_DEPS)) -lpthread"
	@cp $(BIND)/mariadb/toyon_mariadb.so $@

LIBDIR = $(DESTDIR)$(PREFIX)/lib
install: install-library
install-library: export TEXT = $(call PC,$(PREFIX),$(PREFIX)/lib,$(PREFIX)/include)
install-library: $(LIB)/libtoyon.a $(LIB)/$(LIB_NAME)
	install -D -m 644 include/toyon.h $(DESTDIR)$(PREFIX)/include/toyon.h
	install -D -m 644 $(LIB)/libtoyon.a $(LIBDIR)/libtoyon.a
	install -D -m 755 $(LIB)/$(LIB_NAME) $(LIBDIR)/$(LIB_NAME)
	ln -sf $(LIB_NAME) $(LIBDIR)/libtoyon.so
	install -d $(LIBDIR)/pkgconfig
	echo "$$TEXT" > $(LIBDIR)/pkgconfig/toyon.pc
	install -D -m 644 docs/libtoyon.3 \
		$(DESTDIR)$(PREFIX)/share/man/man3/libtoyon.3

-include $(shell find build -type f -name '*.d' 2>/dev/null)
