"""Spanish of the Caribbean, Central America, Mexico and Colombia: what steers the conversation."""

from __future__ import annotations

from bot.answers.words.base import Listed, listed

CODE = "es"
NAMES = listed(
    """
    espanol | spanish | castellano | espagnol | panyol | espanhol | spaans | es | esp | spa
    """
)
POLITE = listed(
    """
    por favor | porfa | porfavor | xfa | xfavor | gracias | muchas gracias | hola | buenas | buenos dias | buenas
    tardes | buenas noches | ya | ok | disculpe | disculpa | perdon | senor | senora | amigo | dios le bendiga
    """
)
JOIN = listed("unirme | unir | inscribirme")
COMMANDS: dict[str, Listed] = {
    "stop": listed(
        """
        alto | parar | pare | paren | detener | basta | cancelar | baja | darme de baja | dar de baja | dame de baja
        | deme de baja | salir | no mas mensajes | no mas sms | no me escriban | no me escriban mas | no me escriba
        mas | no me escribas mas | no escriban mas | no me manden mas mensajes | no me manden mensajes | no me mande
        mas mensajes | no me envien mas mensajes | no me envien mensajes | no me envie mas mensajes | no quiero
        mensajes | no quiero mas mensajes | no quiero recibir mensajes | no quiero recibir mas mensajes | dejen de
        escribirme | deje de escribirme | deja de escribirme | dejen de molestar | deje de molestar | deja de
        molestar | no molesten | no me molesten | no me moleste | no molesten mas | no me molesten mas | dejenme en
        paz | dejame en paz | dejeme en paz | dejenme tranquilo | dejenme tranquila | quitenme de la lista | quiteme
        de la lista | borren mi numero | borre mi numero | desuscribir | desuscribirme | cancelar suscripcion |
        quiero salir | quiero darme de baja | eliminar suscripcion
        """
    ),
    "start": listed(
        """
        empezar | comenzar | iniciar | inicio | reanudar mensajes | suscribir | suscribirme | alta
        """
    ),
    "help": listed("ayuda | ayudame | ayudeme | informacion | necesito ayuda | comandos | opciones"),
    "language": listed(
        """
        idioma | idiomas | lengua | lenguaje | cambiar idioma | cambiar de idioma | otro idioma
        """
    ),
    "back": listed(
        """
        atras | volver | regresar | anterior | pregunta anterior | volver atras | deshacer
        """
    ),
    "skip": listed(
        """
        saltar | omitir | saltarla | siguiente pregunta | saltar pregunta | pasar | paso
        """
    ),
    "pause": listed(
        """
        pausa | pausar | luego | despues | mas tarde | ahora no | ahorita no | en otro momento | otro dia | estoy
        ocupado | estoy ocupada | ocupado | ocupada | manana | continuar luego | continuar despues | hablamos luego
        """
    ),
    "person": listed(
        """
        persona | asesor | asesora | agente | humano | consejero | consejera | operador |  un asesor |
        hablar con alguien | hablar con una persona | hablar con un asesor | hablar con mi asesor | hablar con mi
        asesora | quiero hablar con alguien | quiero hablar con una persona | quiero hablar con un asesor | necesito
        hablar con alguien | llamame | llameme | llamenme | persona real
        """
    ),
    "code": listed(
        """
        codigo | mi codigo | agregar telefono | anadir telefono | nuevo telefono | nuevo numero | otro telefono
        """
    ),
    "followup": listed(
        """
        encuesta | seguimiento | actualizar | actualizacion | mis cifras | mis datos de venta | continuar | seguir |
        reporte | resultados | mis resultados | hacer encuesta
        """
    ),
    "data": listed(
        """
        mis datos | datos | ver mis datos | que saben de mi | que datos tienen | mi informacion | mostrar mis datos
        """
    ),
    "erase": listed(
        """
        borrar | borrar mis datos | borren mis datos | borre mis datos | eliminar mis datos | eliminen mis datos |
        elimine mis datos | borrar todo | eliminar mi cuenta | borrar mi cuenta | olvidenme | eliminar
        """
    ),
}
ORDINALS: dict[int, Listed] = {
    1: listed("uno | una | la primera | el primero | primera | primero"),
    2: listed("dos | la segunda | el segundo | segunda | segundo"),
    3: listed("tres | la tercera | el tercero | tercera | tercero"),
    4: listed("cuatro | la cuarta"),
    5: listed("cinco | la quinta"),
    6: listed("seis"),
    7: listed("siete"),
    8: listed("ocho"),
    9: listed("nueve"),
}
