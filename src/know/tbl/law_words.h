/*
 * KNOW_LAW_WORD(id of law/category.h, Spanish): the English words are those of
 * the law's own tables.
 */
KNOW_LAW_WORD("category-A", "Identificadores")
KNOW_LAW_WORD("category-B", "Registros de clientes")
KNOW_LAW_WORD("category-C", "Características protegidas")
KNOW_LAW_WORD("category-D", "Información comercial")
KNOW_LAW_WORD("category-E", "Información biométrica")
KNOW_LAW_WORD("category-F", "Actividad en internet")
KNOW_LAW_WORD("category-G", "Ubicación geográfica")
KNOW_LAW_WORD("category-H", "Información de audio, electrónica o visual")
KNOW_LAW_WORD("category-I", "Información profesional")
KNOW_LAW_WORD("category-J", "Información educativa")
KNOW_LAW_WORD("category-K", "Inferencias")
KNOW_LAW_WORD("category-L", "Información personal confidencial")
KNOW_LAW_WORD("never-disclose-ssn", "Tenemos su número de Seguro Social.")
KNOW_LAW_WORD("never-disclose-government-id",
	"Tenemos el número de su licencia de conducir u otro número oficial.")
KNOW_LAW_WORD("never-disclose-financial-account",
	"Tenemos el número de una cuenta financiera suya.")
KNOW_LAW_WORD("never-disclose-health-id",
	"Tenemos su número de seguro médico o de identificación médica.")
KNOW_LAW_WORD("never-disclose-password", "Tenemos la contraseña de su cuenta.")
KNOW_LAW_WORD("never-disclose-security-answer",
	"Tenemos una pregunta de seguridad suya y su respuesta.")
KNOW_LAW_WORD("never-disclose-biometric",
	"Tenemos datos biométricos únicos suyos, medidos de un cuerpo.")
#undef KNOW_LAW_WORD
