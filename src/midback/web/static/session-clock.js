// Ticks four times a second from a worker: browsers slow the timers of hidden pages, but not of workers.
setInterval(() => postMessage(0), 250);
