#ifndef WEB_MAP_H
#define WEB_MAP_H

#include "base/html.h"
#include "web/desk_page.h"

#include "desk/map_page.h"

/* "/desk/map": where personal information is, as a picture and in tables. */
struct map_view {
	struct desk_page page;
	const struct map_page *map;
	struct markup picture;
	str problem; /* of the map, when it can't be read */
};

#endif
