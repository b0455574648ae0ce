/*
 * PACKAGE_WORD(name, English, Spanish): the words of the pages around an answer to a
 * request to know, which are in its language.  "{1}" and "{2}" are filled in.
 */
PACKAGE_WORD(request, "Request", "Solicitud")
PACKAGE_WORD(back, "Back to your data", "Volver a sus datos")
PACKAGE_WORD(open_title, "Open our answer", "Abra nuestra respuesta")
PACKAGE_WORD(ended, "The time to open it ended on {1}. One more code opens it again.",
	"El plazo para abrirla terminó el {1}. Otro código la abre de nuevo.")
PACKAGE_WORD(ready_mail,
	"Our answer to you is ready. It is about you alone, so we first send a code to "
	"the email address of your request. You can open it until {1}.",
	"Nuestra respuesta está lista. Trata solo de usted; por eso primero enviamos un "
	"código a la dirección de correo electrónico de su solicitud. Puede abrirla hasta "
	"el {1}.")
PACKAGE_WORD(ready_sms,
	"Our answer to you is ready. It is about you alone, so we first send a code by "
	"text message to the phone number of your request. You can open it until {1}.",
	"Nuestra respuesta está lista. Trata solo de usted; por eso primero enviamos un "
	"código por mensaje de texto al teléfono de su solicitud. Puede abrirla hasta el "
	"{1}.")
PACKAGE_WORD(sent, "We sent a code. It is good for {1} minutes.",
	"Enviamos un código. Vale {1} minutos.")
PACKAGE_WORD(code, "Code", "Código")
PACKAGE_WORD(digits, "6 digits. You can paste it", "6 cifras. Puede pegarlo")
PACKAGE_WORD(open_it, "Open the answer", "Abrir la respuesta")
PACKAGE_WORD(nothing, "Nothing there? Look in the spam folder, or",
	"¿No llegó? Mire en la carpeta de correo no deseado, o")
PACKAGE_WORD(send_new, "Send a new code", "Enviar otro código")
PACKAGE_WORD(send_it, "Send me the code", "Enviarme el código")
PACKAGE_WORD(have_one, "Do you have a code already?", "¿Ya tiene un código?")
PACKAGE_WORD(enter_it, "Enter it", "Escribirlo")
PACKAGE_WORD(answer_title, "Our answer to you", "Nuestra respuesta")
PACKAGE_WORD(save,
	"Save it on your computer: one ZIP file of {1} with this letter, and the same for "
	"programs. You can open this page until {2}.",
	"Guárdela en su computadora: un archivo ZIP de {1} con esta carta y lo mismo para "
	"programas. Puede abrir esta página hasta el {2}.")
PACKAGE_WORD(download, "Download the ZIP", "Descargar el ZIP")
PACKAGE_WORD(too_long,
	"It is too long to show here. Download it, unpack it, and open index.html.",
	"Es demasiado larga para mostrarla aquí. Descárguela, descomprímala y abra "
	"index.html.")
#undef PACKAGE_WORD
