#!/bin/sh
# Makes the certificates of this folder anew, good from 2020 to 2120: `sh make.sh`. Needs OpenSSL 3.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
cat > "$work/ca.cnf" <<END
[ca]
default_ca = any
[any]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any_name
[any_name]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[hooks]
basicConstraints = critical,CA:FALSE
subjectAltName = DNS:hooks.example
END
: > "$work/index"

request() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" \
    -keyout "$1-key.pem" -out "$work/$1.csr"
}
sign() {
  name=$1
  shift
  openssl ca -config "$work/ca.cnf" -batch -notext -startdate 20200101000000Z -enddate 21200101000000Z \
    -in "$work/$name.csr" -out "$name.pem" "$@"
}

request authority "Keyward test authority"
sign authority -selfsign -keyfile authority-key.pem -extensions authority
request hooks hooks.example
sign hooks -cert authority.pem -keyfile authority-key.pem -extensions hooks
request self-signed self-signed.example
sign self-signed -selfsign -keyfile self-signed-key.pem -extensions hooks
rm -r "$work" authority-key.pem
