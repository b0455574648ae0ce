"""The State's rules drop/1.2.0 once more, slowly and plainly, and what `toyon hash`
makes of the same values: every letter that Unicode has, and many made-up values of
each kind.  Shares nothing with src/: Python's Unicode, hashlib.

    python3 t/hash/reference.py TOYON [SEED]
"""
import base64
import hashlib
import random
import re
import subprocess
import sys
import unicodedata

GREEK = dict(zip('αβγδεζηθικλμνξοπρσςτυφχψω',
                 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'.split()))
CYRILLIC = dict(zip('абвгдеёжзийклмнопрстуфхцчшщыэюяєіїґў',
                    'a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh '
                    'shch y e yu ya e i i g u'.split())) | {'ъ': '', 'ь': ''}
LATIN = dict(zip('ßæœøðþłđħŋıĳŀ', 'ss ae oe o d th l d h n i ij l'.split()))
LETTERS = GREEK | CYRILLIC | LATIN
MONTHS = ('January February March April May June July August September October '
          'November December').split()
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
SPACE = {*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028,
         0x2029, 0x202F, 0x205F, 0x3000}


def without_space(s):
    return ''.join(c for c in s if ord(c) not in SPACE)


def ascii_kept(s):
    return re.sub('[^a-z0-9]', '', s.lower())


def email(s):
    return without_space(s).lower()


def phone(s):
    return re.sub('[^0-9]', '', s)[-10:]


def name(s):
    out = ''
    for c in unicodedata.normalize('NFC', unicodedata.normalize('NFC', s).lower()):
        if c in LETTERS:
            out += LETTERS[c]
            continue
        for part in unicodedata.normalize('NFD', c):
            if part in LETTERS:
                out += LETTERS[part]
            elif unicodedata.category(part)[0] in 'LN':
                out += part
    return out


def written(y, m, d):
    leap = y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    if not 1 <= m <= 12 or not 1 <= d <= DAYS[m - 1] + (leap and m == 2):
        return ''
    return f'{y:04}{m:02}{d:02}'


def dob(s):
    s = without_space(s)
    if m := re.fullmatch(r'(\d{4})-(\d\d)-(\d\d)|(\d{4})(\d\d)(\d\d)', s):
        return written(*[int(g) for g in m.groups() if g])
    if m := re.fullmatch(r'(\d\d?)/(\d\d?)/(\d{4})', s):
        return written(int(m[3]), int(m[1]), int(m[2]))
    if m := re.fullmatch(r'([A-Za-z]+)(\d\d?),(\d{4})', s):
        if m[1].capitalize() in MONTHS:
            return written(int(m[3]), 1 + MONTHS.index(m[1].capitalize()),
                           int(m[2]))
    return ''


def zip_code(s):
    s = re.sub(r'(?<=.)-\d{4}$', '', without_space(s))
    return ascii_kept(s).lstrip('0')[:5]


def maid(s):
    s = re.sub('[^0-9a-f]', '', s.lower())
    return s if len(s) == 32 else ''


def vin(s):
    s = ascii_kept(s)
    return s if len(s) == 17 else ''


def ctvid(s):
    s = ascii_kept(s)
    return s if 8 <= len(s) <= 32 else ''


def hashed(s):
    return base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()


def joined(*rules):
    def standardize(s):
        parts = [rule(part) for rule, part in zip(rules, s.split('\t'))]
        return ''.join(hashed(p) for p in parts) if all(parts) else ''
    return standardize


RULES = {'email': email, 'phone': phone, 'first': name, 'last': name, 'dob': dob,
         'zip': zip_code, 'maid': maid, 'vin': vin, 'ctvid': ctvid,
         'ndz': joined(name, name, dob, zip_code),
         'namevin': joined(name, name, vin)}

# --- values ---------------------------------------------------------------------

ALL = [chr(c) for c in range(0x20, 0x30000)
       if unicodedata.category(chr(c)) not in ('Cs', 'Cn', 'Co', 'Cc')]
OFTEN = [*"aeiorstnlmAEIORSTNLM -'.", *LETTERS, *(c.upper() for c in LETTERS
                                                 if len(c.upper()) == 1),
         *'éÉñüÖçŠžőİ\u0301\u0308\u200b\u00a0李あア한عא5']
PLAIN = [*'abcxyzABCXYZ0123456789 -_.:']


class Values:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def some(self, letters, least, most):
        return ''.join(self.r.choices(letters, k=self.r.randint(least, most)))

    def first(self):
        return self.some(self.r.choice([OFTEN, OFTEN, ALL]), 0, 12)

    last = first

    def email(self):
        # Of "I" with a dot and the last sigma of a word, lower case is not one
        # letter's affair, and no address has them.
        # A NUL belongs to it as any other character does.
        s = self.some(self.r.choice([PLAIN, [*PLAIN, '\0'], OFTEN]), 1, 12) + '@X.example'
        return s.replace('İ', '').replace('Σ', '')

    def phone(self):
        return self.some([*'0123456789()+-. x'], 0, 18)

    def dob(self):
        y, m, d = (self.r.randint(1900, 2026), self.r.randint(0, 13),
                   self.r.randint(0, 32))
        month = self.r.choice(MONTHS)
        return self.r.choice([f'{y}-{m:02}-{d:02}', f'{y}{m:02}{d:02}',
                              f'{m}/{d}/{y}', f'{m:02}/{d:02}/{y}',
                              f' {month} {d}, {y}', f'{m}/{d}/{y % 100:02}',
                              f'{month.upper()} {d:02},{y} ', ''])

    def zip(self):
        return self.some([*'0123456789'], 0, 6) + self.r.choice(
            ['', '', '-1234', ' - 1234', '-12', 'M1B 1A1', ' '])

    def maid(self):
        return self.r.choice(['', '{']) + '-'.join(
            self.some([*'0123456789abcdefABCDEF'], n, n + self.r.choice([0, 0, 0, 1]))
            for n in (8, 4, 4, 4, 12))

    def vin(self):
        return self.some(PLAIN[:-5], 16, 18) + self.r.choice(['', ' ', '-'])

    def ctvid(self):
        return self.some(PLAIN, 5, 38)

    def ndz(self):
        return '\t'.join([self.first(), self.last(), self.dob(), self.zip()])

    def namevin(self):
        return '\t'.join([self.first(), self.last(), self.vin()])


def toyon(program, kind, values):
    done = subprocess.run([program, 'hash', kind], capture_output=True,
                          input=''.join(v + '\n' for v in values).encode())
    return done.stdout.decode().split('\n')[:-1], done.returncode


def compare(program, kind, values):
    """The values whose lines differ; and whether the exit status is right."""
    want = []
    for v in values:
        text = RULES[kind](v)
        want.append(f'{text}\t{hashed(text) if text else ""}')
    got, rc = toyon(program, kind, values)
    wrong = [i for i in range(len(values)) if got[i:i + 1] != want[i:i + 1]]
    for i in wrong[:5]:
        print(f'not so: {kind} {values[i]!a}: {got[i:i + 1]!a}, not {want[i]!a}')
    return wrong, rc == (4 if '\t' in want else 0), len(set(want))


def main(program, seed):
    random_values = Values(seed)
    passed = failed = 0
    print(f'seed {seed}')
    for kind in RULES:
        values = [getattr(random_values, kind)() for _ in range(5000)]
        if kind == 'first':
            values += ['a' + c + 'b' for c in ALL if c not in '\u2028\u2029']
        wrong, is_status_right, different = compare(program, kind, values)
        for holds, why in ((not wrong, 'is as the reference'),
                           (is_status_right, 'has the right exit status'),
                           (different > 100, 'was tried with different keys')):
            passed, failed = passed + holds, failed + (not holds)
            if not holds:
                print(f'not so: {kind} {why}')
    print(f'hash: {passed} passed, {failed} failed')
    return failed != 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else
                  random.SystemRandom().randrange(1000000)))
