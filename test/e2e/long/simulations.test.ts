import { simulate } from '../simulations/simulate.ts';

simulate('hang');
simulate('orphan');
simulate('limit92');
simulate('daemon-down');
