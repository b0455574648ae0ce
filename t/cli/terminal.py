#!/usr/bin/python3
"""What only a terminal sees: the questions of `toyon setup`, a passphrase that is
not shown, and Ctrl-C in the middle.  Prints what is not so; the status counts."""
import os
import pty
import select
import sys
import termios
import time

binary, folder = sys.argv[1:3]
wrong = 0


class Terminal:
    def __init__(self, *args):
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.execv(binary, [binary, *args])
        self.said = b""

    def wait(self, text):
        end = time.time() + 20
        while text not in self.said and time.time() < end:
            if select.select([self.fd], [], [], 0.1)[0]:
                try:
                    self.said += os.read(self.fd, 4096)
                except OSError:
                    break
        return text in self.said

    def answer(self, question, keys):
        found = self.wait(question)
        self.said = b""
        os.write(self.fd, keys)
        return found

    def echoes(self):
        return bool(termios.tcgetattr(self.fd)[3] & termios.ECHO)

    def end(self):
        self.wait(b"\0never")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def check(why, so):
    global wrong
    if not so:
        wrong += 1
        print("not so:", why)


def questions(t, passphrase, again):
    check("the business", t.answer(b"Name of the business:", b"Acme\n"))
    check("the contact", t.answer(b"consumers write:", b"p@acme.example\n"))
    check("the number", t.answer(b"Toll-free number", b"\n"))
    check("sale", t.answer(b"(yes/no)", b"perhaps\n"))
    check("sale, once more", t.answer(b"(yes/no)", b"Y\n"))
    check("the name", t.answer(b"Your name:", b"\n"))
    check("the name, once more", t.answer(b"Your name:", b"Jo\n"))
    check("the address", t.answer(b"sign in with:", b"jo@acme.example\n"))
    check("the passphrase", t.wait(b"12 characters or more:"))
    check("it is not shown", not t.echoes())
    t.answer(b":", passphrase)
    if again:
        t.answer(b"once more:", again)


t = Terminal("setup", "--dir", folder)
questions(t, b"correct horse\x03", None)
check("Ctrl-C gives up", t.wait(b"given up"))
check("the terminal is as it was", t.echoes())
check("as a missing confirmation", t.end() == 5)
check("nothing was made", not os.path.exists(folder))

t = Terminal("setup", "--dir", folder)
questions(t, b"wrong\x15correct horsex\x7f battery\n", b"another one\n")
check("two that differ", t.wait(b"They differ"))
t.answer(b"more:", b"correct horse battery\n")
t.answer(b"once more:", b"correct horse battery\n")
check("the key", t.wait(b"ty_live_"))
check("it ends well", t.end() == 0)
check("the passphrase was not shown", b"horse" not in t.said)
check("it is made", os.path.exists(folder + "/toyon.yaml"))
sys.exit(wrong)
