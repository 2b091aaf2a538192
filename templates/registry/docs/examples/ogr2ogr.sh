ogr2ogr -f GPKG projects.gpkg "OAPIF:https://register.example/ogc/" projects \
  -mapFieldType StringList=String
ogr2ogr -f CSV /vsistdout/ "OAPIF:https://register.example/ogc/" sites \
  -spat 46 40 51 42 -select code,title
