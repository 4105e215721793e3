-- One database for each service; no service reads another's.
create database personnel;
create database organizations;
create database households;
create database cases;
