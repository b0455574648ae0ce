#ifndef BASE_VERSION_H
#define BASE_VERSION_H

/* Of the program and of its library, which are released together. */
#define TOYON_VERSION "0.1.0"

#endif
