/* SPDX-License-Identifier: MIT */
/* heddle-milter: the milter's main. */
int
main (int argc, char **argv)
{
  return 0;
}
