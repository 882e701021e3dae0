"""Spanish of the Caribbean, Central America, Mexico and Colombia."""

from __future__ import annotations

from fractions import Fraction

from bot.answers.words import es_commands as steering
from bot.answers.words.base import Words, listed, numbered, patterns

WORDS = Words(
    code=steering.CODE,
    names=steering.NAMES,
    commands=steering.COMMANDS,
    join=steering.JOIN,
    polite=steering.POLITE,
    ordinals=steering.ORDINALS,
    numbers=numbered(
        """
        cero=0 uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15
        dieciseis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 veintiuno=21 veintiun=21 veintiuna=21 veintidos=22 veintitres=23
        veinticuatro=24 veinticinco=25 veintiseis=26 veintisiete=27 veintiocho=28 veintinueve=29 treinta=30 cuarenta=40 cincuenta=50
        sesenta=60 setenta=70 ochenta=80 noventa=90 cien=x100 ciento=x100 doscientos=200 doscientas=200 trescientos=300 trescientas=300
        cuatrocientos=400 cuatrocientas=400 quinientos=500 quinientas=500 seiscientos=600 seiscientas=600 setecientos=700 setecientas=700
        ochocientos=800 ochocientas=800 novecientos=900 novecientas=900 mil=x1000 millon=x1000000 millones=x1000000 docena=x12 docenas=x12
        quiniento=500 doscinto=200 docientos=200 dociento=200 dosciento=200 trecientos=300 treciento=300 tresciento=300 trescientos=300 seicientos=600 seiciento=600 novesientos=900
        ochosientos=800 setesientos=700 quinyentos=500 kinientos=500 sinco=5 sincuenta=50 cincuenta=50 sinkuenta=50 seys=6 tre=3 dose=12 trese=13 katorse=14 catorse=14 kinse=15 quinse=15 dies=10
        dieci=10 diesiseis=16 diezyseis=16 diesisiete=17 diesiocho=18 veynte=20 beinte=20 vente=20 veinti=20 beinti=20 trenta=30 trienta=30 cuareta=40 quarenta=40 kuarenta=40 cesenta=60 sesemta=60 setemta=70
        ocho=8 hocho=8 nuebe=9 nueve=9 quatro=4 kuatro=4 cuatr=4 dosmil=2000 tresmil=3000 cincomil=5000 diezmil=10000 quincemil=15000 veintemil=20000 cuatromil=4000 unmil=1000 milon=x1000000 miyon=x1000000 million=x1000000 miyones=x1000000 cientos=x100 sientos=x100 siento=x100 sien=x100 mill=x1000
        """
    ),
    articles=listed("un | una"),
    joiners=listed("y | i | con"),
    fractions={
        "la mitad": Fraction(1, 2),
        "mitad": Fraction(1, 2),
        "mitad y mitad": Fraction(1, 2),
        "la mita": Fraction(1, 2),
        "mita": Fraction(1, 2),
        "medio": Fraction(1, 2),
        "media": Fraction(1, 2),
        "mitad mitad": Fraction(1, 2),
        "miti y miti": Fraction(1, 2),
        "miti miti": Fraction(1, 2),
        "la mitad de": Fraction(1, 2),
        "cincuenta cincuenta": Fraction(1, 2),
        "una mitad": Fraction(1, 2),
        "un tercio": Fraction(1, 3),
        "tercio": Fraction(1, 3),
        "una tercera parte": Fraction(1, 3),
        "la tercera parte": Fraction(1, 3),
        "tercera parte": Fraction(1, 3),
        "dos tercios": Fraction(2, 3),
        "2 tercios": Fraction(2, 3),
        "dos terceras partes": Fraction(2, 3),
        "un cuarto": Fraction(1, 4),
        "cuarto": Fraction(1, 4),
        "una cuarta parte": Fraction(1, 4),
        "la cuarta parte": Fraction(1, 4),
        "cuarta parte": Fraction(1, 4),
        "tres cuartos": Fraction(3, 4),
        "3 cuartos": Fraction(3, 4),
        "tres cuartas partes": Fraction(3, 4),
        "las tres cuartas partes": Fraction(3, 4),
        "un quinto": Fraction(1, 5),
        "una quinta parte": Fraction(1, 5),
        "la quinta parte": Fraction(1, 5),
        "dos quintos": Fraction(2, 5),
        "una decima parte": Fraction(1, 10),
        "la decima parte": Fraction(1, 10),
        "un decimo": Fraction(1, 10),
        "todo": Fraction(1),
        "todos": Fraction(1),
        "todas": Fraction(1),
        "toda": Fraction(1),
        "todo todo": Fraction(1),
        "el total": Fraction(1),
        "la totalidad": Fraction(1),
        "todito": Fraction(1),
        "todo el mundo": Fraction(1),
        "todas ellas": Fraction(1),
        "todos ellos": Fraction(1),
    },
    halves=listed("medio | media"),
    months={
        "enero": 1,
        "ene": 1,
        "febrero": 2,
        "feb": 2,
        "marzo": 3,
        "mar": 3,
        "abril": 4,
        "abr": 4,
        "mayo": 5,
        "may": 5,
        "junio": 6,
        "jun": 6,
        "julio": 7,
        "jul": 7,
        "agosto": 8,
        "ago": 8,
        "septiembre": 9,
        "setiembre": 9,
        "sep": 9,
        "sept": 9,
        "set": 9,
        "octubre": 10,
        "oct": 10,
        "noviembre": 11,
        "nov": 11,
        "diciembre": 12,
        "dic": 12,
        "febero": 2,
        "ebrero": 2,
        "setienbre": 9,
        "septienbre": 9,
        "nobiembre": 11,
        "novienbre": 11,
        "disiembre": 12,
        "dicienbre": 12,
        "otubre": 10,
    },
    hedges=listed(
        """
        como | unos | unas | mas o menos | + o - | aproximadamente | aprox | aproximado | alrededor de | alrededor | cerca de | casi | creo | creo que | yo creo | yo creo que | quizas | quiza | tal vez | talvez | por ahi | por hay | masomenos | mas omenos |
        algo asi | algo asi como | digamos | pongamos | pon le | ponle | pongale | me parece | me parece que | calculo | calculo que | estimado | un estimado | un estimado de | un aproximado de | un promedio de | en promedio | promedio |
        a lo mejor | serian | seria | seran | por lo menos unos | mas menos | y pico | y algo | y piquito | o algo asi | o por ahi | por los | hasta donde se | puede ser | de pronto | sobre los | en torno a | rondando | rondan | aproximada | aproximadas | aproximados | por el orden de | como unos | como unas | como que |
        +- | eso de | a eso de | como a | supongo | si no me equivoco | segun yo | estimo | estimo que | aproximadamnte | aproximadamente unos | ahi como | mas o menos como | +/- | masomeno | mas o meno | ma o meno | ma o menos
        """
    ),
    periods={
        "day": listed(
            "por dia | al dia | diario | diarios | diaria | diarias | diariamente | cada dia | x dia | el dia | todos los dias | ayer | hoy | un dia | en un dia | los dias | dia | por jornada | la jornada | pordia"
        ),
        "week": listed(
            "por semana | a la semana | semanal | semanales | semanalmente | cada semana | x semana | la semana | todas las semanas | esta semana | la semana pasada | una semana | en una semana | en la semana | semana | la semana anterior | semanario | porsemana | los fines de semana | por cada semana"
        ),
        "fortnight": listed(
            "por quincena | a la quincena | quincenal | quincenales | quincenalmente | cada quincena | la quincena | cada quince dias | cada 15 dias | cada dos semanas | cada 2 semanas | la quincena pasada | una quincena | quincena | x quincena | por catorcena"
        ),
        "month": listed(
            "por mes | al mes | mensual | mensuales | mensualmente | cada mes | x mes | el mes | todos los meses | el mes pasado | mes pasado | un mes | en un mes | en el mes | mes | del mes | el mes anterior | del mes pasado | en el mes pasado | pormes | el pasado mes | el ultimo mes | mes anterior | el mes que paso | durante el mes | este mes pasado"
        ),
        "quarter": listed(
            "por trimestre | al trimestre | trimestral | trimestrales | cada trimestre | el trimestre | cada tres meses | cada 3 meses | trimestre"
        ),
        "year": listed(
            "por ano | al ano | anual | anuales | anualmente | cada ano | x ano | el ano | todos los anos | el ano pasado | ano pasado | un ano | en un ano | en el ano | ano | del ano pasado | el ano anterior | en todo el ano | todo el ano | del ano | durante el ano | el ultimo ano | el pasado ano"
        ),
    },
    this_period=listed(
        "este mes | este ano | hasta ahora | hasta la fecha | en lo que va | en lo que va de mes | en lo que va de ano | en lo que va del mes | en lo que va del ano | lo que va de mes | lo que va del ano | el mes actual | mes en curso | de este mes"
    ),
    total=listed(
        "total | en total | totales | en totales | todo junto | sumando todo | suma | total de | venta total | ventas totales | el total es | el total fue | en conjunto | son en total"
    ),
    corrections=listed(
        "digo | quiero decir | quise decir | quise poner | perdon | perdon son | disculpa | me equivoque | corrijo | correccion | mejor dicho | error | o sea | osea | fe de errata | ay no | no perdon | perdon no | es decir | rectifico | espera | bueno no"
    ),
    bounds=listed(
        """
        menos de | mas de | al menos | por lo menos | hasta | maximo | minimo | como maximo | como minimo | a lo sumo | a lo mas | no mas de | no menos de | no llega a | no llego a | no llegan a | no llegue a | o mas | o menos | encima de | debajo de | por encima de | por debajo de | arriba de | abajo de | mayor a | menor a | mayor de | menor de | superior a | inferior a | pasa de | pasan de | pasaditos | para arriba | para abajo | en adelante | ni siquiera | sobrepasa | supera | un maximo de | un minimo de | ma de | meno de | mas que | menos que | ni | apenas llega | cuando mucho | minimamente
        """
    ),
    ors=listed(
        "o | u | a | entre | desde | hasta los | de entre | oscila | oscila entre | varia entre | o bien | ya sea | versus | vs"
    ),
    plus=listed("y | mas | e | con | junto con | ademas | tambien | y tambien | i | junto a | aparte"),
    each=listed(
        "cada uno | cada una | por unidad | la unidad | por cabeza | por persona | por pieza | c/u | c u | por libra | la libra | la docena | por cada uno | por cada una | cu | por cliente | el plato | por plato | por par | el par"
    ),
    percent=listed(
        "por ciento | porciento | porcentaje | % | pct | por cien | porcientos | por siento | porsiento | x ciento"
    ),
    units=listed(
        """
        dias | semanas | meses | anos | horas | hora | hrs | clientes | cliente | pedidos | pedido | cajas | caja | libras | libra | kilos | kilo | kg | kgs | piezas | pieza | unidades | unidad | pasteles | platos | vestidos | camisas | pollos | pollo | gallinas | huevos | botellas |
        paquetes | sacos | quintales | quintal | boletos | trabajos | productos | panes | tazas | cabezas | cortes | habitaciones | huespedes | mesas | carros | camiones | viajes | cabras | vacas | cerdos | puercos | manzanas | hectareas | tareas | tiendas | sucursales | locales | maquinas | veces |
        minutos | telefonos | comidas | almuerzos | zapatos | pulseras | jabones | empanadas | jugos | refrescos | cervezas | arepas | tamales | pupusas | docenas de huevos | pares | bolsas | fundas | litros | galones | metros | yardas | aretes
        """
    ),
    people=listed(
        """
        personas | persona | empleados | empleado | empleada | empleadas | trabajadores | trabajador | trabajadora | trabajadoras | muchachos | muchacho | muchacha | muchachas | chicos | chico | chica | chicas | hombres | hombre | mujeres | mujer | senoras | senora | senores | ayudantes | ayudante | amigo | amiga | colaboradores | colaborador | colaboradora | colaboradoras | operarios | operario |
        obreros | obrero | gente | gentes | jovenes | joven | companeros | companero | companera | companeras | mas personas | otras personas | otros | otras | otro | otra | personal | miembros | integrantes | asistentes | asalariados | peones | peon | choferes | cocineras | cocinero | cocinera | cocineros | meseros | meseras | vendedores | vendedoras | vendedor | vendedora | costureras | empleadios | empliados | enpleados | enpleado | emplead | emplados | empleaos | empleao | trabajadore | socios | chavos | chavas | cipotes | cipotas | chamacos | chamacas | patojos | patojas | manitos | cristianos | almas | en nomina | tecnicos | mecanicos | estilistas | panaderos | cajeras | cajeros | aprendices | practicantes | pasantes | seres humanos | contratados | contratadas
        """
    ),
    full=listed(
        """
        a tiempo completo | tiempo completo | de tiempo completo | fijos | fijo | fijas | fija | de planta | planta | permanentes | permanente | completos | completo | jornada completa | a jornada completa | tc | full time | fulltime | full | de base | empleados fijos | todo el dia | contratados fijos | en planilla | de planilla | tiempo conpleto | empleos fijos | de tiempo conpleto | completas
        """
    ),
    part=listed(
        """
        a tiempo parcial | tiempo parcial | de tiempo parcial | medio tiempo | a medio tiempo | de medio tiempo | media jornada | a media jornada | por horas | parcial | parciales | temporales | temporal | eventuales | eventual | ocasionales | ocasional | part time | parttime | part | fines de semana | los fines de semana | el fin de semana | fin de semana | los sabados | sabados | por dias | a ratos | por ratos | por temporada | temporeros | temporero | de vez en cuando | mt | tp | medio turno | por obra | medios tiempos | extras | por contrato | los domingos | algunos dias | jornaleros
        """
    ),
    oneself=listed(
        """
        yo | solo yo | solamente yo | yo solo | yo sola | nada mas yo | yo nada mas | nomas yo | yo nomas | solito | solita | yo solito | yo solita | solo | sola | yo mismo | yo misma | unicamente yo | soy yo | soy yo solo | soy yo sola | soy solo yo | solo soy yo | soy el unico | soy la unica | trabajo solo | trabajo sola | trabajo yo solo | trabajo yo sola | trabajo por mi cuenta | por mi cuenta | estoy solo | estoy sola | yo unicamente | la duena | el dueno | solo la duena | solo el dueno | mi persona | solo mi persona | yo soy el unico | yo soy la unica | solo estoy yo | solo trabajo yo | yo trabajo solo | yo trabajo sola | yo lo hago todo | hago todo yo | lo hago todo yo | lo hago todo sola | lo hago todo solo | yo hago todo | conmigo nada mas | me myself | yo y solo yo | na ma yo | na mas yo | yo ma na | somos solo yo | es solo yo | negocio unipersonal | unipersonal | autoempleo | un servidor | una servidora | no mas yo | yo no mas | yo mero | yo merito | solo yo mismo | solo yo misma
        """
    ),
    relatives=listed(
        """
        mi hermana | mi hermano | mi esposa | mi esposo | mi mujer | mi marido | mi mama | mi madre | mi papa | mi padre | mi hijo | mi hija | mi primo | mi prima | mi amiga | mi amigo | mi socia | mi socio | mi tia | mi tio | mi sobrino | mi sobrina | mi ayudante | mi asistente | mi pareja | mi novio | mi novia | mi cunada | mi cunado | mi suegra | mi suegro | mi nieto | mi nieta | mi abuela | mi companera | mi companero | mi empleada | mi empleado | mi vecina | mi vecino | mi nuera | mi yerno | mi comadre | mi compadre | mi mami | mi papi
        """
    ),
    groups=listed(
        "familia | mi familia | la familia | familiares | mis hijos | mis hijas | mis hermanos | mis hermanas | amigos | mis amigos | unos amigos | mis primos | mis padres | los hijos | mis familiares | solo familia | solo familiares | puro familiar | familiar | mi equipo | un equipo | mi gente | mis sobrinos | puros familiares | parientes | mis muchachos | pura familia | mis empleados | negocio familiar | empresa familiar | la gente de la casa"
    ),
    including=listed(
        "incluyendome | incluyendome a mi | contandome | contandome a mi | conmigo | incluyendo yo | contando conmigo | yo incluido | yo incluida | incluida yo | incluido yo | incluyendo mi persona | contando yo | incluyendo al dueno | incluyendo a mi | contando a mi | incluyendo el dueno | incluyendo la duena | incluyendo conmigo | incluyendome yo | cuento yo"
    ),
    excluding=listed(
        "sin contarme | sin contarme a mi | sin incluirme | aparte de mi | ademas de mi | excluyendome | y yo | mas yo | sin mi | sin contar conmigo | menos yo | aparte yo | fuera de mi | sin contarme yo | sin incluirme a mi | y mi persona | sin contar a mi | sin contar al dueno | sin contar la duena | ademas mio | y un servidor | que me ayudan | trabajan conmigo | trabaja conmigo | que trabajan conmigo | trabajando conmigo | a mi cargo"
    ),
    more=listed("mas | adicionales | adicional | nuevos | nuevas | nuevo | nueva | extra | contrate | mas que antes"),
    now=listed(
        "ahora | actualmente | hoy en dia | en este momento | por ahora | quedan | me quedan | ya solo | al momento | hoy por hoy | por el momento | ahorita | hoy dia | ahora mismo | ahora son | ya son | en la actualidad | actual | todavia | aun"
    ),
    before=listed(
        "antes | tenia | antes tenia | antes teniamos | antes eran | teniamos | anteriormente | eran | hace un ano | el ano pasado eran | tuve | al principio | empece con | empezamos con | antes habia | inicialmente | eramos | en el pasado | baje de | bajo de | de los"
    ),
    zero=listed(
        """
        nada | ninguno | ninguna | ningun | ninguno todavia | ninguna todavia | nada todavia | nadie | nadie mas | ningun peso | ningun empleado | ninguna persona | ninguna venta | sin empleados | sin ventas | sin personal | no tengo | no tenemos | no hay | no hubo | no vendi | no vendi nada | nada de nada | ni un peso | ni uno | ni una | ni un solo peso | ni un centavo | ni un quetzal | ni un lempira | ni un cinco | ni un colon | ningun trabajador | ningunos | ninguno por ahora | ningun otro | no tengo ninguno | no tengo empleados | no tengo a nadie | no tengo ninguna | nada por ahora | todavia no | aun no | todavia ninguno | aun ninguno | ni mais | na | na de na | nadien | naiden | ningunoo | nulo | nula | cerooo | ceroo | sero | no vendimos | no vendimos nada | ni un alma | ni uno solo | ninguno de momento | no existen | no ay | sin trabajadores | sin empleo | ningun cliente | ninguna ganancia | cero ventas | cero empleados | cero pesos | nada vendi | ni papa | no hay nadie | no hay ninguno
        """
    ),
    negations=listed(
        "no | nunca | jamas | sin | tampoco | perdi | perdimos | perdida | perdidas | debo | debemos | menos | negativo | salvo"
    ),
    vague=listed(
        """
        poco | pocos | pocas | poca | mucho | muchos | muchas | mucha | algo | algunos | algunas | varios | varias | bastante | bastantes | un poco | un poquito | muy poco | poquito | no mucho | no muchos | suficiente | un par | un par de | par de | un monton | monton | bien | mal | regular | normal | mas o menos bien | lo mismo | igual | lo de siempre | como siempre | igual que antes | igual que siempre | lo normal | depende | varia | variado | mejor | peor | bajo | alto | flojo | floja | muy bajo | muy mal | muy bien | unos cuantos | unas cuantas | cuantos | la mayoria | mayoria | la mayor parte | casi todo | casi todos | casi nada | casi la mitad | mas de la mitad | menos de la mitad | una parte | la minoria | el resto | un chin | un chin de | un chilin | un fracatan | pila de | un vergo | un chingo | un bojote | poca cosa | una miseria | doble | el doble | triple | miles | cientos de | un dineral | un puno | tantos | lo justo | subio | bajaron | subieron | aumento | mas que | buena | mala | buenas ventas | malas ventas | malo | bueno | unos pocos | unas pocas | para comer | unos miles | unos cientos | ahi vamos | ahi mas o menos | harto | cantidad | lo suficiente
        """
    ),
    questions=listed(
        """
        que | por que | porque preguntan | como asi | cuando | quien | cual | cuanto | cuantos son | donde | para que | que significa | a que se refiere | a que te refieres | no entiendo | no entendi | no le entiendo | no comprendo | se refiere a | te refieres a | puede repetir | puedes repetir | me explica | explique | explicame | bruto o neto | en dolares o pesos | en dolares o en pesos | incluye | es en | como seria | que quiere decir | quien es | con quien hablo | perdon que | cuanto que | de que | del mes
        """
    ),
    fillers=listed(
        """
        yo | dije | le dije | repito | pos | ps | nosotros | estuvo | ventas | tengo | tenemos | tiene | vendi | vendimos | venta | ventas | hice | hicimos | gane | ganamos | fue | fueron | es | son | era | eran | esta | este | en | de | del | el | la | los | las | lo | mi | mis | nuestro | nuestra | nuestras | se | me | le | les | nos | que | para | por | al | con | total de | saque | sacamos | facture | facturamos | facturacion | ingreso | ingresos | ingresaron | entro | entraron | recibi | cobre | cobramos | hubo | hay | habia | salieron | salio | quedaron | quedo | pues | bueno | este | eh | ah | mire | fijese | la verdad | solo | solamente | nada mas | nomas | unicamente | exactamente | exacto | justo | bien | ok | hola | klk | buenas | buenos dias | buen dia | bonito dia | buenas tardes | buenas noches | gracias | por favor | si | ya | senor | senora | amigo | amiga | pasado | pasada | ganancia | ganancias | negocio | empresa | tienda | local | monto | cifra | numero | cantidad | respuesta | aqui | ahi | alla | trabajan | trabaja | trabajando | trabajo | laboran | laborando | emplea | empleo | contratados | somos | estamos | cuento con | contamos con | limpio | limpios | redondos | redondo | neto | netos | bruto | brutos | cerrado | cerrados | vendido | vendidos | va | ir | hacer | de ventas | en ventas | por ventas | el mes | del negocio | en el negocio | en la tienda | dios le bendiga | bendiciones | gracias a dios | fue de | fueron de | es de | son de | ha sido | he vendido | hemos vendido | e vendido | vendio | se vendio | se vendieron | se hizo | se hicieron | hise | bendi | bendimos | enero | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre | octubre | noviembre | diciembre | no. de empleados | nro | num | cantidad de | oscilan | entonces | ellos | ellas | mismo | misma | contigo | me ayudan | me ayuda | ayudando | me quedo | ahorre | a | tambien | porque | cuanto | uno por uno | mas nada | mas nadie
        """
    ),
    sold=listed(
        """
        vendi | vendimos | vendio | venta | ventas | vendido | vendidos | he vendido | hemos vendido | se
        vendio | se vendieron | hice | hicimos | hise | bendi | bendimos | facture | facturamos | facturacion
        | saque | sacamos | ingreso | ingresos | ingresaron | entraron | en ventas | de ventas | bruto
        """
    ),
    debts=listed(
        """
        prestamo | prestamos | prestaron | presto | me presto | credito | creditos | banco | cooperativa |
        financiamiento | fondos | subsidio | donacion | microcredito
        """
    ),
    profit=listed(
        """
        ganancia | ganancias | utilidad | utilidades | sobro | sobraron | quedan | quedaron | me quedan |
        me quedaron | me quedo | neto | netos | libre | libres | despues de todo | despues de gastos | limpio |
        limpios
        """
    ),
    not_sales=listed(
        """
        gaste | gastamos | gasto | gastos | pague | pagamos | pago | pagos | costo | costos | cuesta | cuestan |
        me costo | inverti | invertimos | inversion | ahorre | ahorros | alquiler | renta | sueldo | sueldos |
        salario | nomina | impuesto | impuestos | itbis | iva | necesito | necesitamos | quiero | queremos | espero
        | esperamos | meta | proyecto | deberia | podria | seria | inventario | mercancia | compre | compramos |
        compras | comprar | debo | debemos | deben | me deben | fiado | fiao | por cobrar | cotizacion | cotice |
        presupuesto | robaron | me robaron | remesa | remesas | mandame | mandeme | dame | deme | prestame |
        presteme | vale | valen | cobro | calle | apartamento | habitacion | codigo | seguidores | vistas | multa |
        debe | me debe | san | un san | tanda | cundina | la junta | mandaron | me mando | me mandaron | preste |
        le preste | encargo | encargos | competencia | estoy esperando
        """
    ),
    yes=listed(
        """
        si | s | sii | siii | siiii | sip | sipi | simon | claro | claro que si | por supuesto | desde luego | obvio | obviamente | seguro | con gusto | correcto | exacto | exactamente | asi es | eso es | eso | cierto | es cierto | efectivamente | afirmativo | dale | vale | ok | okay | okey | oki | de acuerdo | sí señor | si senor | si senora | si claro | claro si | sisi | si si | si si si | ya | ya lo hice | ya tengo | aja | aha | ey | andale | orale | positivo | si tengo | si lo tengo | si lo hice | si tenemos | si hay | si quiero | si acepto | acepto | aceptado | autorizo | confirmo | confirmado | bueno | esta bien | muy bien | perfecto | listo | va | sale | sale vale | sin duda | sin ninguna duda | totalmente | definitivamente | por su puesto | porsupuesto | clarooo | claro k si | claro q si | sip claro | si gracias | si gracias a dios | gracias a dios si | si por favor | si me ayudo | me ayudo | si ayudo | ayudo mucho | mucho | bastante | muchisimo | clarisimo | si dios quiere | pues si | pues claro | como no | seguro que si | creo que si | tengo | lo hice | hecho | es correcto | esta correcto | verdad | es verdad | yes | zi | cy | ci | sy | clavado | tato | ta to | siempre | simonky | fijo que si
        """
    ),
    no=listed(
        """
        no | n | noo | nooo | noooo | nop | nope | nel | nones | ni modo que no | no senor | no senora | no gracias | para nada | en absoluto | claro que no | por supuesto que no | desde luego que no | obvio que no | jamas | nunca | negativo | todavia no | aun no | no todavia | no aun | ahora no | no ahora | por ahora no | por el momento no | de momento no | no tengo | no lo tengo | no tenemos | no hay | no lo hice | no lo hicimos | no quiero | no acepto | no autorizo | no es correcto | incorrecto | equivocado | esta mal | no esta bien | no es asi | no es cierto | falso | mentira | tampoco | nada | ninguno | ninguna | no no | no no no | que va | ni hablar | de ninguna manera | de ningun modo | ni loco | ni loca | no me ayudo | no ayudo | no mucho | no realmente | no de verdad | la verdad no | la verdad que no | pues no | creo que no | no creo | no tanto | no por ahora | no fue | no fue asi | lamentablemente no | desafortunadamente no | desgraciadamente no | no lo creo | no para nada | no pude | no hemos | no he | nah | nanai | nones senor | nop gracias | ya no | no mas | nunca jamas | no es eso | no soy | no estoy | no hombre | no que va
        """
    ),
    maybe=listed(
        "a veces | tal vez | talvez | quizas | quiza | depende | puede ser | mas o menos | masomenos | regular | un poco | un poquito | poco | algo | no estoy seguro | no estoy segura | posiblemente | probablemente | si y no | si o no | ambos | en parte | hmm | mmm | eh | este | creo | supongo | pero | a lo mejor | de vez en cuando | algunas veces | casi | luego | despues | espera | en ocasiones | ahi vamos | parcialmente | ni si ni no | segun"
    ),
    unknown=patterns(
        r"""
        \bno (lo |la |me |le |te |les |los )?(se(?! (vendi\w*|hizo|vende|hace|pudo|puede|ha|han|dio|movio|pregunta|dice|le|cobr\w*))|sabria|sabemos|sabia|recuerdo|acuerdo|recordamos|acordamos|conozco|sabria decir(le|te)?)\b | \bni idea\b | \bni se\b | \b(no tengo|sin) (la menor |ni |ninguna |una |mucha )?(idea|registros?|registro de|cuentas?|control|apuntes?|anotado|el dato|los datos|el numero|la cifra|seguridad|claro|la cuenta|contabilidad)\b | \bno (estoy|estamos) (muy |tan |bien |100 |completamente |totalmente )?segur[oa]s?\b
        | \bno (llevo|llevamos|tengo|hago|guardo|apunto|apunte|anoto|anote|registro|calculo|saco|saque|manejo|escribo|mantengo|he|lo he|los he|las he)( la| las| el| los| lo| un| mis)? ?(cuentas?|registros?|control|contabilidad|apuntes?|libros?|nota|notas|anotaciones|anotado|calculado|sacado|contado|revisado|sumado|esa cuenta|esos datos|ese dato|ese control|esa informacion|eso)?\b(?= ?$| (de|todavia|aun|bien|eso|nada|exacto|por|a|en|ahora|la|el|las|los)\b)(?<!no tengo)(?<!no he)(?<!no hago)
        | \b(tengo|tendria|tenemos|debo|hay) que (revisar|ver|chequear|verificar|preguntar|contar|sacar|calcular|checar|averiguar|consultar)\b | \b(dejame|dejeme|permitame|voy a|deja) (reviso|revisar|ver|chequear|verificar|preguntar|preguntarle|contar|sacar la cuenta|calcular|checar|averiguar|checo|pregunto)\b | \b(se me olvido|lo olvide|olvide|no se decir|quien sabe|sabra dios|solo dios sabe|dios sabe|vaya a saber|desconozco|lo desconozco|lo ignoro|sepa|sepa dios|a saber|ve a saber|sabe|no c|nose|nolose|ni la menor idea|ni la mas minima idea|perdi (la|mi) (libreta|cuenta)|no lo tengo (anotado|apuntado|a mano|claro)|no puedo (decir|calcular|precisar)(lo)? ?(con exactitud|exactamente|ahora|bien)?|mi (contador|contadora|esposa|esposo|marido|hija|hijo|socio) (sabe|lo sabe|lleva|lo lleva|tiene|maneja|es (el|la) que)|pregunt[ea](le)? a mi|dificil (de )?(decir|saber|calcular))\b
        """
    ),
    refused=patterns(
        r"""
        \b(prefiero|preferiria|preferimos|mejor) (que )?(no|reserv\w+|guard\w+|omitir|callar\w*|mantener\w*)\b | \bno (te |le |les |se |lo |la |me |os )*(lo |la )?(quiero|quisiera|queremos|deseo|deseamos|voy|vamos|pienso|pensamos|puedo|podemos|gusta|gustaria|interesa|conviene|debo|dire|digo|doy|dare|comparto|contesto|respondo|respondere|contare|cuento|siento|sento|apetece|da la gana)( a| ganas de| que| en| comodo| comoda| comod[oa] con)* ?(te |le |les |se )?(dec\w+|dar\w*|compart\w+|contest\w+|respond\w+|contar\w*|revel\w+|habl\w+|divulg\w+|inform\w+|mencion\w+|public\w+|esa informacion|ese dato|esos datos|eso|nada|saberlo|comparti\w+)
        | \bno (es|son) (asunto|problema|cosa|incumbencia|de su|de tu|tu|su|cosa)\b | \bno (le|te|les) (importa|incumbe|interesa|dire|digo|cuento|voy a)\b | \bno (lo )?(dire|digo|respondo|contesto|comparto|doy)( eso| nada| ese dato| esa informacion| datos| informacion)?\b | \bno (me siento|estoy) (comod[oa]|dispuest[oa]|autorizad[oa])\b | \b(privado|privada|confidencial|personal|secreto|reservado|reservada|es mio|para que quieren? saber|para que quiere saber|para que quieres saber|asunto mio|que le importa|que te importa|a usted que|a ti que|eso no se (dice|pregunta)|eso no se le|metiche|metido|no le (voy|vamos)|es asunto mio|cosa mia|asunto privado|me reservo|me lo reservo|sin comentarios?|paso de|no es publico|no pregunte\w*|es delicado|no puedo (dar|decir|compartir)(le|te)? (eso|esa|ese|la|el|mi|los)?)\b
        """
    ),
    nothing=patterns(
        r"""
        \bno (se |me |le |lo |les |he |hemos |ha |han )*(vendi|vendimos|vendio|vendido|tenido|bendi|hice|hicimos|hubo|gane|ganamos|tuve|tuvimos|tengo|tenemos|hay|contrate|contratado|contratamos|trabaje|trabajamos|trabajado|facture|facturamos|recibi|recibimos|saque|exporte|exportamos|exporto|cuento con|contamos con)\b ?(nada|ninguno|ninguna|ningun\w*( \w+)?|nadie|a nadie|ventas?|ni un\w*( \w+)?|empleados?|trabajadores|personal|gente|ingresos?|ganancias?|dinero|a ninguno|a ninguna|movimiento|todavia|aun)?( mas| aun| todavia| por ahora| a tiempo completo| a tiempo parcial| el mes pasado| este mes| ese mes| contratad\w+| fijos?| de medio tiempo| medio tiempo| tiempo completo| de planta| conmigo| trabajando| en febrero| por el momento)*$
        | \b(estuvo|estuvimos|estuve|estaba|estabamos|esta|estamos|permanecio|tuve|tuvimos|tenia|tenemos) (todo )?(cerrad[oa]s?)\b | \bcerrad[oa] (todo|el|por|en|la|desde)?\b | \bsin (ventas?|empleados?|personal|trabajadores|ingresos?|movimiento|ayudantes|nadie|vender|ganancias?|colaboradores)\b | \b(aun|todavia) no (he |hemos |tengo |tenemos |hay |se |vendo |vendemos |contrato |genero |empiezo |empezamos |abro |abrimos |arranco|inicio)\w* | \bno (he|hemos) (empezado|comenzado|abierto|arrancado|iniciado|contratado|vendido)\b | \b(cero|ningun\w*|nada|nadie) (ventas?|empleados?|pesos?|por ahora|todavia|aun|el mes pasado|de ventas?|de nada|fijos?|a tiempo completo|a tiempo parcial|de medio tiempo|mas|solo yo|mas que yo|trabaja|en febrero|de momento|a medio tiempo|tiempo completo|medio tiempo|de planta|por el momento)\b | \bni (un|una) (solo |sola |mero )?(pesos?|centavo|chele|venta|alma|persona|cinco|chele|quetzal|lempira|colon|cordoba|dolar|empleado|peseta|real)\b | \bnadie (mas|trabaja|por|todavia|aun|solo|mas que)\b
        """
    ),
    complaints=patterns(
        r"""
        \b(estafa|estafadores|ladron\w*|mierda|carajo|cono|pendej\w+|idiotas?|estupid\w+|inutil\w*|basura|molest(oso|ando|an|ia|ias)|fastidi\w+|hart[oa]|cansad[oa] de|que mal servicio|mal servicio|nunca (me )?(ayudan|ayudaron|llaman|llamaron|responden|contestan)|no sirven?|perdida de tiempo|queja|quejarme|reclamo|verguenza|pesimo|ridicul\w+|ya basta|chingad\w+|no joda\w*|jodan|dejen de joder|nadie me (ayuda|ayudo|llama|llamo))\b
        """
    ),
    years_ago=patterns(
        r"""
        (?:desde )?(?:hace|ace|hacen|hara|hará)(?: como| unos| unas| ya| mas o menos| casi| alrededor de)* (?P<n>\d+|[a-z]+(?: y [a-z]+)?) (?P<unit>anos?|anios?|meses|mes|semanas?|dias?)(?: atras)?
        | (?P<n>\d+|[a-z]+) (?P<unit>anos?|anios?|meses|mes|semanas?|dias?) atras
        | (?:tengo |llevo |tenemos |llevamos )?(?:como |unos |ya )?(?P<n>\d+|[a-z]+) (?P<unit>anos?|anios?|meses|mes|semanas?|dias?)
        """
    ),
    dates={
        "today": listed("hoy | ahora | ahorita | ahora mismo | hoy mismo | esta manana"),
        "yesterday": listed("ayer | anoche | ayer mismo | el dia de ayer"),
        "before_yesterday": listed("antier | anteayer | antes de ayer | antes ayer"),
        "last_week": listed(
            "la semana pasada | semana pasada | hace una semana | la semana anterior | la pasada semana"
        ),
        "this_week": listed("esta semana"),
        "last_month": listed("el mes pasado | mes pasado | hace un mes | el mes anterior | el pasado mes"),
        "this_month": listed("este mes"),
        "last_year": listed(
            "el ano pasado | ano pasado | hace un ano | el ano anterior | el pasado ano | hace 1 ano | el ano que paso"
        ),
        "this_year": listed("este ano | este mismo ano | a principios de este ano"),
        "year_before_last": listed("el ano antepasado | antepasado | hace dos anos | el antepasado | ano antepasado"),
        "last": listed("pasado | el pasado | ultimo"),
        "this": listed("de este ano | este"),
        "future": listed("proximo | proxima | manana | que viene | el que viene | todavia no | aun no | pronto"),
        "around": listed(
            "principios de | a principios de | a principio de | a comienzos de | a inicios de | inicios de | finales de | a finales de | fines de | a fines de | a mediados de | mediados de | verano | navidad | semana santa | antes de | despues de | como en | creo que | creo | mas o menos | por ahi por | en la pandemia"
        ),
    },
)
