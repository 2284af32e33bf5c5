import { simulate } from './simulations/simulate.ts';

simulate('429');
