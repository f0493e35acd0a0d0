console.log(new URL('http://x').host);
