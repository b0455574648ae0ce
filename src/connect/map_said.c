/*
 * All that the file says of a system, as one value: that of a mapping or a list is made of
 * those of what stands in it, in its order.  Comments, blanks and where lines end say
 * nothing.  So no word that is added to the map later is forgotten here.
 */
#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "connect/map_build.h"
#include "ident/sha256.h"

enum { MARK_SIZE = 64 };

static void put_node(
	struct yaml_reader *r, const yaml_node_t *node, struct buf *b);

static void put_child(struct yaml_reader *r, int index, struct buf *b)
{
	put_node(r, yaml_document_get_node(r->doc, index), b);
}

static void put_pairs(
	struct yaml_reader *r, const yaml_node_t *node, struct buf *b)
{
	for (const yaml_node_pair_t *p = node->data.mapping.pairs.start;
		p < node->data.mapping.pairs.top; p++) {
		put_child(r, p->key, b);
		put_child(r, p->value, b);
	}
}

static void put_items(
	struct yaml_reader *r, const yaml_node_t *node, struct buf *b)
{
	for (const yaml_node_item_t *i = node->data.sequence.items.start;
		i < node->data.sequence.items.top; i++)
		put_child(r, *i, b);
}

/* How much put_node() puts of what stands in a node before it is hashed itself. */
static size_t size_of(const yaml_node_t *node)
{
	size_t n = node->type == YAML_SCALAR_NODE ? node->data.scalar.length
		   : node->type == YAML_MAPPING_NODE
			   ? 2 * (size_t)(node->data.mapping.pairs.top -
					  node->data.mapping.pairs.start)
			   : (size_t)(node->data.sequence.items.top -
				      node->data.sequence.items.start);

	return MARK_SIZE + SHA256_SIZE * n;
}

static void put_node(
	struct yaml_reader *r, const yaml_node_t *node, struct buf *b)
{
	struct buf in = buf_in(r->arena, size_of(node));
	uint8_t digest[SHA256_SIZE];

	buf_fmt(&in, "%d ", (int)node->type);
	if (node->type == YAML_SCALAR_NODE) {
		buf_fmt(&in, "%d ",
			node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE);
		buf_put(&in, (str){ (const char *)node->data.scalar.value,
				     node->data.scalar.length });
	} else if (node->type == YAML_MAPPING_NODE) {
		put_pairs(r, node, &in);
	} else {
		put_items(r, node, &in);
	}
	must(buf_ok(&in));
	sha256(buf_str(&in), digest);
	buf_put(b, (str){ (const char *)digest, sizeof digest });
}

str map_said(struct yaml_reader *r, const yaml_node_t *node)
{
	struct buf b = buf_in(r->arena, SHA256_SIZE);

	put_node(r, node, &b);
	return hex_of(r->arena, buf_str(&b).p, SHA256_SIZE);
}
