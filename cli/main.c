/* SPDX-License-Identifier: MIT */
/* heddle: the command. */
int
main (int argc, char **argv)
{
  return 0;
}
