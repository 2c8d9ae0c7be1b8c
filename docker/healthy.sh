#!/bin/bash
# Ends with 0 when the service in this container answers 200: healthy.sh PORT PATH. The run image has neither curl nor wget, but bash.
exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
read -r -t 3 _ status _ <&3 && [ "$status" = 200 ]
