/* SPDX-License-Identifier: ISC */
/* The standard descriptors are taken by nothing else. */

#include "descriptors.h"

#include <fcntl.h>
#include <unistd.h>

/* open gives the lowest number that is free: that of the descriptor, as those below are taken. */
void descriptors_keep(void)
{
	static const int useless[] = {[STDIN_FILENO] = O_WRONLY,
	    [STDOUT_FILENO] = O_RDONLY,
	    [STDERR_FILENO] = O_RDONLY};

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", useless[fd]) != fd)
			return;
	}
}
