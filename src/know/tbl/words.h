/*
 * KNOW_WORD(name, English, Spanish): the words of a package.  "{1}" and "{2}" are
 * filled in; where a word is needed for one and for many, it has two rows.
 */
KNOW_WORD(title, "What we know about you", "Lo que sabemos de usted")
KNOW_WORD(dear, "Dear {1},", "Hola, {1}:")
KNOW_WORD(asked, "On {1} you asked us what personal information we hold about "
	"you. This is our answer.",
	"El {1} nos preguntó qué información personal tenemos sobre usted. "
	"Esta es nuestra respuesta.")
KNOW_WORD(reference, "Reference", "Número de referencia")
KNOW_WORD(made, "Made", "Fecha")
KNOW_WORD(from, "From", "De")
KNOW_WORD(contents, "Contents", "Contenido")
KNOW_WORD(found_one, "We found 1 record about you.",
	"Encontramos 1 registro sobre usted.")
KNOW_WORD(found_many, "We found {1} records about you.",
	"Encontramos {1} registros sobre usted.")
KNOW_WORD(found_none, "We found no records that we can show you.",
	"No encontramos registros que podamos mostrarle.")
KNOW_WORD(downgraded,
	"You asked for the pieces of information themselves. For that the law "
	"wants us to be more certain who is asking than we could be. So this "
	"answer names the kinds of information, and not the information "
	"(11 CCR 7024(a), 7062).",
	"Usted pidió los datos mismos. Para eso la ley exige que sepamos con más "
	"certeza quién los pide. Por eso esta respuesta indica los tipos de "
	"información y no los datos (11 CCR 7024(a), 7062).")
KNOW_WORD(held_title, "What we hold and may not show",
	"Lo que tenemos y no podemos mostrar")
KNOW_WORD(held_about,
	"The law does not let us send these to anyone, you included "
	"(11 CCR 7024(d)). We do hold them.",
	"La ley no nos permite enviar estos datos a nadie, tampoco a usted "
	"(11 CCR 7024(d)). Pero los tenemos.")
KNOW_WORD(held_in, "In: {1}", "En: {1}")
KNOW_WORD(kinds_title, "The kinds of information we collected",
	"Los tipos de información que recopilamos")
KNOW_WORD(kinds_none, "We hold no information of a kind that the law names.",
	"No tenemos información de ninguno de los tipos que nombra la ley.")
KNOW_WORD(kind, "Kind", "Tipo")
KNOW_WORD(sources, "Where it comes from", "De dónde viene")
KNOW_WORD(purposes, "What it is for", "Para qué sirve")
KNOW_WORD(retention, "How long we keep it", "Cuánto tiempo la guardamos")
KNOW_WORD(not_said, "Not recorded", "Sin datos")
KNOW_WORD(sold_title, "What we sold or shared", "Lo que vendimos o compartimos")
KNOW_WORD(sold_about,
	"To whom we sold your information, or shared it for advertising across "
	"sites, by kind (11 CCR 7024(j) to (l)).",
	"A quién vendimos su información, o con quién la compartimos para "
	"publicidad entre sitios, por tipo (11 CCR 7024(j) a (l)).")
KNOW_WORD(sold_none,
	"Nothing. We did not sell your information, and we did not share it for "
	"advertising across sites.",
	"Nada. No vendimos su información ni la compartimos para publicidad "
	"entre sitios.")
KNOW_WORD(gave_title, "What we gave to others for a business purpose",
	"Lo que dimos a otros para un fin comercial")
KNOW_WORD(gave_about,
	"To whom we gave your information so that they work for us, or for "
	"another business purpose, by kind.",
	"A quién dimos su información para que trabaje para nosotros, o para otro "
	"fin comercial, por tipo.")
KNOW_WORD(gave_none, "Nothing.", "Nada.")
KNOW_WORD(who, "Who got it", "Quién la recibió")
KNOW_WORD(lists, "Lists that you were in", "Listas en las que usted estaba")
KNOW_WORD(list_line, "{1}, to {2}", "{1}, a {2}")
KNOW_WORD(records_title, "Your records", "Sus registros")
KNOW_WORD(search, "Search in your records", "Buscar en sus registros")
KNOW_WORD(search_hint, "Type a word. Only records that have it stay on the page.",
	"Escriba una palabra. Solo quedan en la página los registros que la "
	"contienen.")
KNOW_WORD(search_some, "Records shown: ", "Registros mostrados: ")
KNOW_WORD(in_system, "from {1}", "de {1}")
KNOW_WORD(record, "Record {1}", "Registro {1}")
KNOW_WORD(given_to, "Given to: {1}", "Dado a: {1}")
KNOW_WORD(given_nobody, "Given to nobody", "No se dio a nadie")
KNOW_WORD(wrong, "Is this wrong? Correct it", "¿Hay un error? Corríjalo")
KNOW_WORD(remove, "Delete this kind of information",
	"Eliminar este tipo de información")
KNOW_WORD(empty, "(empty)", "(vacío)")
KNOW_WORD(held, "(held, not shown)", "(lo tenemos, no se muestra)")
KNOW_WORD(left_out, "(left out)", "(omitido)")
KNOW_WORD(bytes, "(data that is no text, {1} bytes: in the files for programs)",
	"(datos que no son texto, {1} bytes: en los archivos para programas)")
KNOW_WORD(apart,
	"These are the first {1} of {2} records. The ZIP has all of them, in the file",
	"Estos son los primeros {1} de {2} registros. El ZIP los tiene todos, en el "
	"archivo")
KNOW_WORD(long_text, "Long text, {1} bytes", "Texto largo, {1} bytes")
KNOW_WORD(not_here_title, "What is not in here", "Lo que no está aquí")
KNOW_WORD(shared_one,
	"1 record in {1} is about someone else as well. We left it out to protect "
	"that person (Civ. Code 1798.145).",
	"1 registro en {1} trata también de otra persona. Lo omitimos para "
	"protegerla (Código Civil 1798.145).")
KNOW_WORD(shared_many,
	"{2} records in {1} are about someone else as well. We left them out to "
	"protect these people (Civ. Code 1798.145).",
	"{2} registros en {1} tratan también de otras personas. Los omitimos para "
	"protegerlas (Código Civil 1798.145).")
KNOW_WORD(redacted,
	"We left something out of {1}. It would tell about someone else, or the law "
	"lets us keep it back (11 CCR 7024(e)).",
	"Omitimos algo de {1}. Trataría de otra persona, o la ley permite no "
	"entregarlo (11 CCR 7024(e)).")
KNOW_WORD(range,
	"You asked for what we collected from {1} to {2}.",
	"Usted pidió lo que recopilamos del {1} al {2}.")
KNOW_WORD(outside_one,
	"1 record in {1} is from other days than you asked for.",
	"1 registro en {1} es de otros días que los que pidió.")
KNOW_WORD(outside_many,
	"{2} records in {1} are from other days than you asked for.",
	"{2} registros en {1} son de otros días que los que pidió.")
KNOW_WORD(undated,
	"Records in {1} do not say when we collected them. Those are all here.",
	"Registros en {1} no dicen cuándo los recopilamos. Esos están todos aquí.")
KNOW_WORD(unsearched,
	"We could not look in {1}. It is not known whether it holds something about "
	"you.",
	"No pudimos buscar en {1}. No se sabe si contiene algo sobre usted.")
KNOW_WORD(unsearched_why, "This is why: {1}", "Esta es la razón: {1}")
KNOW_WORD(unsearched_silent,
	"The law makes exceptions, and one of them applies here. That is all we can "
	"say. You can ask us again at any time.",
	"La ley tiene excepciones, y aquí se aplica una de ellas. Eso es todo lo que "
	"podemos decir. Puede volver a pedírnoslo en cualquier momento.")
KNOW_WORD(exempt,
	"We did not search {1}: it is not kept so that one can search it, it is kept "
	"for legal reasons only, and we do not sell or use it. It may hold these "
	"kinds of information about you: {2}.",
	"No buscamos en {1}: no se guarda de modo que se pueda buscar, se guarda solo "
	"por razones legales, y no lo vendemos ni lo usamos. Puede contener estos "
	"tipos de información sobre usted: {2}.")
KNOW_WORD(next_title, "What you can do now", "Lo que puede hacer ahora")
KNOW_WORD(next_correct, "Correct something that is wrong",
	"Corregir algo que está mal")
KNOW_WORD(next_delete, "Have your information deleted",
	"Pedir que se elimine su información")
KNOW_WORD(next_opt_out, "Stop the sale and sharing of your information",
	"Detener la venta y el intercambio de su información")
KNOW_WORD(next_complain,
	"Complain to the California Privacy Protection Agency",
	"Quejarse ante la Agencia de Protección de la Privacidad de California")
KNOW_WORD(next_files,
	"The same information lies beside this page for programs: data.json, and a "
	"CSV file for each kind of record.",
	"La misma información está junto a esta página para programas: data.json y "
	"un archivo CSV por cada tipo de registro.")
#undef KNOW_WORD
